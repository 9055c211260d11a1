// exercise: exercise-1
double? coin = -0.5 * Math.Log(4 * 0.9 * 0.1);
Check.Exercise("KL of a fair coin to (0.9, 0.1)", 0.510825623766, coin, 1e-9,
    "two terms of the sum")

// exercise: exercise-2
double? cubed = noise.Pdf(2) / 12;
Check.Exercise("q(8) for G(z) = z³", 0.00449924720943, cubed, 1e-9,
    "p(z) / |G′(z)|")

// exercise: exercise-3
double low = 0, high = 6;
while (high - low > 1e-9)
    (low, high) = Jsd((low + high) / 2) < Constants.Log2 / 2 ? ((low + high) / 2, high) : (low, (low + high) / 2);
double? halfWay = low;
Check.Exercise("t where JSD = ½ log 2", 2.0435, halfWay, 6e-3, "bisection; three digits")

// exercise: exercise-4
double? memory = 1.0 / 50 / 4;
Check.Exercise("W₁ of fifty stored points", 0.005, memory, 1e-9,
    "a quarter of the width of a cell")

// exercise: exercise-5
double? widest = Math.Sqrt(2);
Check.Exercise("σ of p up to which χ² is finite", 1.41421356, widest, 1e-6,
    "the exponent must be negative")
