// exercise: exercise-1
double? answer1 = 9 + 1;
Exercise.Answer("13.1", answer1)

// exercise: exercise-2
double? answer2 = 5;
Exercise.Answer("13.2", answer2)

// exercise: exercise-3
double? answer3 = (2 * 84 + 84 * 85 / 2) / 0.1;
Exercise.Answer("13.3", answer3)

// exercise: exercise-4
double? answer4 = 1 - Math.Pow(2, -3);
Exercise.Answer("13.4", answer4)

// exercise: exercise-5
double? answer5 = -784 * Math.Log(255);
Exercise.Answer("13.5", answer5)

// exercise: exercise-6
double? answer6 = Math.Sqrt(6);
Exercise.Answer("13.6", answer6)
