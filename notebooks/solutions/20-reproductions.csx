// exercise: exercise-1
double? answer1 = (7.2 - 6.3) / Math.Sqrt(0.5 * 0.5 + 0.5 * 0.5);
Exercise.Answer("20.1", answer1)

// exercise: exercise-2
double? answer2 = Math.Log(2) / Math.Log(1.000004) / 500;
Exercise.Answer("20.2", answer2)

// exercise: exercise-3
double? answer3 = 999 / (2 * 26_000.0);
Exercise.Answer("20.3", answer3)
