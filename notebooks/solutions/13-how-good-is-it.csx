// exercise: exercise-1
double? answer1 = 9 + 1;
Check.Exercise("distance of the two bells", 10, answer1, 1e-9, "(μ₁ − μ₂)² + (σ₁ − σ₂)²")

// exercise: exercise-2
double? answer2 = 5;
Check.Exercise("score of five classes", 5, answer2, 1e-9, "exp(H(y) − H(y|x))")

// exercise: exercise-3
double? answer3 = (2 * 84 + 84 * 85 / 2) / 0.1;
Check.Exercise("N for a bias of 0.1", 37_380, answer3, 100, "c = 2d + d(d + 1)/2")

// exercise: exercise-4
double? answer4 = 1 - Math.Pow(2, -3);
Check.Exercise("coverage for k = 3", 0.875, answer4, 1e-9, "1 − 2⁻³")

// exercise: exercise-5
double? answer5 = -784 * Math.Log(255);
Check.Exercise("change of the score", -4344.3, answer5, 0.5, "−d log 255")

// exercise: exercise-6
double? answer6 = Math.Sqrt(6);
Check.Exercise("standard deviation of f", 2.4495, answer6, 2e-3, "Var(2x) + Var(x²) = 4 + 2")
