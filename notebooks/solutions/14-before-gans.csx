// exercise: exercise-1
double? answer1 = (1 + Math.Exp(2)) / (3 + Math.Exp(2));
Exercise.Answer("14.1", answer1)

// exercise: exercise-2
double? answer2 = (1.2 + 0.3) / 2;
Exercise.Answer("14.2", answer2)

// exercise: exercise-3
double? answer3 = 0.5 * (1 + 0.25 - 1 - Math.Log(0.25));
Exercise.Answer("14.3", answer3)
