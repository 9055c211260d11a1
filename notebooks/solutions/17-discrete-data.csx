// exercise: exercise-1
double? answer1 = 0.2 * 0.8 * (0.7 * 0.7 - 0.3 * 0.3);
Exercise.Answer("17.1", answer1)

// exercise: exercise-2
double qa = 0.64 / (0.64 + 0.04);
double? answer2 = -qa * Math.Log(0.8) - (1 - qa) * Math.Log(0.2);
Exercise.Answer("17.2", answer2)

// exercise: exercise-3
double? answer3 = 3 / (1.0 + 1 + 3);
Exercise.Answer("17.3", answer3)
