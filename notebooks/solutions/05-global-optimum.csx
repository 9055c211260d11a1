// exercise: exercise-1
double? answer1 = 0.5 * Math.Log(1.0 / 3) + Math.Log(2.0 / 3);
Check.Exercise("C for the even die", -0.954771252442, answer1, 1e-9, "½ log ⅓ from the data, log ⅔ from the generator")

// exercise: exercise-2
double? answer2 = 1;
Check.Exercise("largest JSD in bits", 1, answer2, 1e-12, "log 2 nats")

// exercise: exercise-3
double Slope(double t) => t * new OptimalDiscriminator(p, new Gaussian(t, 1)).MeanOnFakes().Value;
double? answer3 = Enumerable.Range(100, 150).Select(i => i / 100.0).MaxBy(Slope);
Check.Exercise("t of steepest criterion", 1.64, answer3, 0.011, "nearer, there is little to gain; farther, nothing changes")

// exercise: exercise-4
double? answer4 = 0.8 * Math.Log(20.0 / 45) + Math.Log(25.0 / 45) + Math.Log(4);
Check.Exercise("C + log 4 for 20 of 25 modes", 0.149763, answer4, 1e-5, "a fifth of the modes costs a ninth of the range")
