// exercise: exercise-1
double? answer1 = 0.5 * Math.Log(1.0 / 3) + Math.Log(2.0 / 3);
Exercise.Answer("05.1", answer1)

// exercise: exercise-2
double? answer2 = 1 - AccuracyBand.Entropy(0.75) / Math.Log(2);
Exercise.Answer("05.2", answer2)

// exercise: exercise-3
double Slope(double t) => t * new OptimalDiscriminator(p, new Gaussian(t, 1)).MeanOnFakes().Value;
double? answer3 = Enumerable.Range(100, 150).Select(i => i / 100.0).MaxBy(Slope);
Exercise.Answer("05.3", answer3)

// exercise: exercise-4
double? answer4 = 0.8 * Math.Log(20.0 / 45) + Math.Log(25.0 / 45) + Math.Log(4);
Exercise.Answer("05.4", answer4)

// exercise: exercise-5
double? answer5 = 4.0 / 9 * Math.Log(4.0 / 9) - 13.0 / 9 * Math.Log(13.0 / 9);
Exercise.Answer("05.5", answer5)
