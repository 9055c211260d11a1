// exercise: exercise-1
double? answer1 = (1 - MeanD(3)) / MeanD(3);
Check.Exercise("non-saturating / saturating at t = 3", 9.14, answer1, 0.03, "the factor t cancels")

// exercise: exercise-2
double? answer2 = 0.01 / 0.99 * 50;
Check.Exercise("bound for ε = 0.01, J = 50", 0.505, answer2, 1e-3, "ε/(1−ε) · J")

// exercise: exercise-3
double? answer3 = -25 * Math.Log(2);
Check.Exercise("logit from which 1 − σ(l) rounds to 1", -17.33, answer3, 0.01, "−25 log 2")

// exercise: exercise-4
double? answer4 = 5 / 1.64;
Check.Exercise("σ for θ = 5", 3.05, answer4, 0.03, "θ/σ = 1.64")

// exercise: exercise-5
double? answer5 = 1 / (1 + 1e-8 / (2e-7 / Math.Sqrt(238_736)));
Check.Exercise("Adam's share of its full step at ‖g‖ = 2e-7", 0.0393, answer5, 5e-4, "|g|/(|g|+ε)")
