// exercise: exercise-1
double? answer1 = Math.Exp(4);
Check.Exercise("ratio of the gradients at l = −4", 54.59815, answer1, 1e-4, "e^(−l)")

// exercise: exercise-2
double? answer2 = Math.Log(9);
Check.Exercise("best logit on data alone, α = 0.9", 2.197225, answer2, 1e-5, "log(α/(1 − α))")

// exercise: exercise-3
double? answer3 = -1 - Math.Log(2);
Check.Exercise("f*(−2) for f = −log u", -1.693147, answer3, 1e-5, "−1 − log(−t)")

// exercise: exercise-4
double? answer4 = (1 + 0.3) / 2;
Check.Exercise("accuracy when the hinge loss is 1.4", 0.65, answer4, 1e-9, "2 − 2 TV = 1.4")

// exercise: exercise-5
double? answer5 = Math.Log(2) - 0.33683;
Check.Exercise("paired loss at t = √2", 0.35632, answer5, 2e-5, "log 2 − JSD(√2 t)")
