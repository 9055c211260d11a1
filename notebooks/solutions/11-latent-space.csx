// exercise: exercise-1
double? answer1 = Math.Sqrt(99.5);
Check.Exercise("mean length for d = 100", 9.975, answer1, 0.01, "√(d − 1/2)")

// exercise: exercise-2
double? answer2 = 8 * Math.Cos(Math.PI / 6);
Check.Exercise("length of the midpoint", 6.928, answer2, 0.01, "half the diagonal of a rhombus")

// exercise: exercise-3
double? answer3 = exact * (1 - 1 / Math.Sqrt(2)) * Math.Sqrt(2);
Check.Exercise("standard deviations between midpoint and mean", 3.301, answer3, 0.02, "7.969 against 5.635")
