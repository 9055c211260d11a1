// exercise: exercise-1
double? answer1 = 2 / 70.0;
Exercise.Answer("19.1", answer1)

// exercise: exercise-2
double? answer2 = 1 - Math.Pow(0.95, 20);
Exercise.Answer("19.2", answer2)

// exercise: exercise-3
double? answer3 = (0.5 * 2 + 3 + 4 + 0.5 * 100) / 3;
Exercise.Answer("19.3", answer3)

// exercise: exercise-4
double? answer4 = 9 / 10.0;
Exercise.Answer("19.4", answer4)
