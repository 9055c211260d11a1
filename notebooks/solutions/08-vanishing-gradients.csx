// exercise: exercise-1
double? answer1 = (1 - MeanD(3)) / MeanD(3);
Exercise.Answer("08.1", answer1)

// exercise: exercise-2
double? answer2 = 0.01 / 0.99 * 50;
Exercise.Answer("08.2", answer2)

// exercise: exercise-3
double? answer3 = -25 * Math.Log(2);
Exercise.Answer("08.3", answer3)

// exercise: exercise-4
double? answer4 = 5 / 1.64;
Exercise.Answer("08.4", answer4)

// exercise: exercise-5
double? answer5 = 1 / (1 + 1e-8 / (2e-7 / Math.Sqrt(238_736)));
Exercise.Answer("08.5", answer5)
