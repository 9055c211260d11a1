// exercise: exercise-1
double? always = Math.Log(0.9) + Math.Log(0.1);
Check.Exercise("V of D ≡ 0.9", -2.40794560865, always, 1e-9, "log D + log(1 − D)")

// exercise: exercise-2
double? needed = 16384 * Math.Pow(Batch(16384, 1).Error / 0.001, 2);
Check.Exercise("samples of each kind for ± 0.001", 450_763, needed, 25_000, "N grows like 1/error²")

// exercise: exercise-3
double? exploited = V.DataTerm(Peaked).Value + Math.Log(1 - 1 / (1 + Math.Exp(-1.0)));
Check.Exercise("min over q of V", -2.178539, exploited, 1e-5, "E_p[log D] + log(1 − D(0))")

// exercise: exercise-4
double? second = 2 - 1;
Check.Exercise("worth of moving second", 1, second, 1e-9, "min max − max min")

// exercise: exercise-5
double? push = 2 * Quadrature.Default.Expectation(new Gaussian(-1, 1), x => LogSpace.Sigmoid(2 - 2 * x)).Value;
Check.Exercise("dV/dt at a = 2, t = −1", 1.864665, push, 1e-5, "a E_q[D_a]")
