// exercise: exercise-1
double? answer1 = 0.3 / (0.3 + 0.1);
Check.Exercise("D* where p = 0.3, q = 0.1", 0.75, answer1, 1e-12, "p/(p+q)")

// exercise: exercise-2
double? answer2 = 1.0 / 3;
Check.Exercise("best answer with twice as many fakes, p = q", 0.333333333333, answer2, 1e-9, "p/(p + 2q)")

// exercise: exercise-3
double? answer3 = 3.0 / 4;
Check.Exercise("least-squares answer where p = 3q", 0.75, answer3, 1e-12, "again a/(a + b)")

// exercise: exercise-4
double? answer4 = Math.Log(2);
Check.Exercise("logit of D* at 0", new OptimalDiscriminator(p, new Gaussian(0, 2)).Logit(0), answer4, 1e-12, "log of the ratio of the heights")
