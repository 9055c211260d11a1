// exercise: exercise-1
double? answer1 = (7.2 - 6.3) / Math.Sqrt(0.5 * 0.5 + 0.5 * 0.5);
Check.Exercise("difference in its standard errors", 1.273, answer1, 0.01, "errors add as squares")

// exercise: exercise-2
double? answer2 = Math.Log(2) / Math.Log(1.000004) / 500;
Check.Exercise("epochs until half the step size", 346.6, answer2, 0.5, "log 2 / log 1.000004 steps")

// exercise: exercise-3
double? answer3 = 999 / (2 * 26_000.0);
Check.Exercise("floor of the KL", 0.01921, answer3, 1e-4, "(K − 1)/(2N)")
