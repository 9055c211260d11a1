// exercise: exercise-1
double? answer1 = 12_000 * 64 / 60_000.0;
Exercise.Answer("10.1", answer1)

// exercise: exercise-2
double? answer2 = Math.Pow(0.5, 64 / 4000.0);
Exercise.Answer("10.2", answer2)

// exercise: exercise-3
double? answer3 = 48 / 8;
Exercise.Answer("10.3", answer3)

// exercise: exercise-4
double? answer4 = (3 + 8) / (4 + 8.0);
Exercise.Answer("10.4", answer4)
