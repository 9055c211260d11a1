// exercise: exercise-1
double? answer1 = Math.Log(25.0 / 10);
Check.Exercise("reverse KL for 10 of 25", 0.916291, answer1, 1e-3, "log(n/k)")

// exercise: exercise-2
double? answer2 = 10.0 / 35;
Check.Exercise("D* on the fakes for 10 of 25", 0.285714, answer2, 1e-3, "k/(n + k)")

// exercise: exercise-3
double? answer3 = ModeCoverage.MassWithin(3, 3);
Check.Exercise("ceiling of the high-quality share in three dimensions", 0.970709, answer3, 5e-4, "chi-square with 3 degrees of freedom at 9")
