// exercise: exercise-1
double? muchInk = joint[(true, 0)] + joint[(true, 1)];
Check.Exercise("P(much ink)", (double)zerosAndOnes.Count(MuchInk) / zerosAndOnes.Count, muchInk,
    1e-9, "sum the row of the table")

// exercise: exercise-2
double? real = 1 / (1 + Math.Exp(3));
Check.Exercise("σ(−3)", 0.0474258731776, real, 1e-9,
    "a very negative logit means fake")

// exercise: exercise-3
double? value = Math.Log(0.9) + Math.Log(0.8);
Check.Exercise("V of a good officer", -0.328504066972, value, 1e-9,
    "closer to 0 than −log 4 = −1.386: this officer is winning")

// exercise: exercise-4
double? threeTimes = 3.0 / (3 + 1);
Check.Exercise("D* where p = 3q", 0.75, threeTimes, 1e-9,
    "only the ratio p : q matters")
