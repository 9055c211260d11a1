// exercise: exercise-1
double? doubled = Math.Ceiling(2 * Math.Log(2) / Math.Log(1.01));
Check.Exercise("steps until doubled", 140, doubled, 0, "the first whole n with (1 + h²)^(n/2) ≥ 2")

// exercise: exercise-2
double? halvings = Math.Ceiling(Math.Log2(0.5 / 1e-6));
Check.Exercise("steps of η = 1", 19, halvings, 0, "q − p halves in every step")

// exercise: exercise-3
ZeroCenteredPenaltyGame Penalised(double g) => new(new BilinearGame(), g, "WGAN + R1");
double? critical = CriticalDamping.Find(g => CriticalDamping.FlowRate(Penalised(g)), 0.1, 5);
Check.Exercise("critical weight for WGAN", 2, critical, 1e-4, "2 f′(0) with f(t) = t")

// exercise: exercise-4
double? fastest = 1 / Math.Sqrt(2);
Check.Exercise("fastest step", 0.70710678, fastest, 1e-6, "the least 1 − h² + h⁴")

// exercise: exercise-5
double? ratioTen = Radius(new AlternatingSteps(0.2, StepRatio: 10), DiracGan.Minimax());
Check.Exercise("modulus of a round", 1, ratioTen, 1e-9, "the determinant is 1 whatever the ratio")
