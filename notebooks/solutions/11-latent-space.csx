// exercise: exercise-1
double? answer1 = Math.Sqrt(99.5);
Exercise.Answer("11.1", answer1)

// exercise: exercise-2
double? answer2 = 8 * Math.Cos(Math.PI / 6);
Exercise.Answer("11.2", answer2)

// exercise: exercise-3
double? answer3 = exact * (1 - 1 / Math.Sqrt(2)) * Math.Sqrt(2);
Exercise.Answer("11.3", answer3)
