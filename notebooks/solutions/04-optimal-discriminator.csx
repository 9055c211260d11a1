// exercise: exercise-1
double? answer1 = 0.3 / (0.3 + 0.1);
Exercise.Answer("04.1", answer1)

// exercise: exercise-2
double? answer2 = 1.0 / 3;
Exercise.Answer("04.2", answer2)

// exercise: exercise-3
double? answer3 = 4.0 / 5;
Exercise.Answer("04.3", answer3)

// exercise: exercise-4
double? answer4 = Math.Log(2);
Exercise.Answer("04.4", answer4)

// exercise: exercise-5
double? answer5 = 0.5 * (Math.Log(4) - 1.2
    - 2 * Math.Sqrt(0.5 * (1.0 / 10_000 + 1.0 / 40_000) * Math.Log(20)));
Exercise.Answer("04.5", answer5)
