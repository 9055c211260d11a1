// exercise: exercise-1
double? answer1 = Math.Log(2);
Check.Exercise("reverse KL for 4 of 8", 0.693147, answer1, 1e-5, "log(n/k)")

// exercise: exercise-2
double? answer2 = 4.0 / 12;
Check.Exercise("D* on the fakes for 4 of 8", 0.333333, answer2, 1e-5, "k/(n + k)")

// exercise: exercise-3
double? answer3 = ModeCoverage.MassWithin(3, 3);
Check.Exercise("ceiling of the high-quality share in three dimensions", 0.970709, answer3, 1e-5, "chi-square with 3 degrees of freedom at 9")
