// exercise: exercise-1
double? answer1 = (2 * 0.1 + 0) / 2 - Math.Log(4);
Exercise.Answer("16.1", answer1)

// exercise: exercise-2
double? answer2 = 2 * 0.6 * 0.4;
Exercise.Answer("16.2", answer2)

// exercise: exercise-3
double? answer3 = Math.Log(0.3 / 0.6);
Exercise.Answer("16.3", answer3)

// exercise: exercise-4
double? answer4 = new Gaussian(0, 1).Cdf(0.5);
Exercise.Answer("16.4", answer4)
