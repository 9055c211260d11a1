// exercise: exercise-1
double? answer1 = Math.Log(25.0 / 10);
Exercise.Answer("09.1", answer1)

// exercise: exercise-2
double? answer2 = 10.0 / 35;
Exercise.Answer("09.2", answer2)

// exercise: exercise-3
double? answer3 = ModeCoverage.MassWithin(3, 3);
Exercise.Answer("09.3", answer3)
