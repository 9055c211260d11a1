// exercise: exercise-1
double? doubled = Math.Ceiling(2 * Math.Log(2) / Math.Log(1.01));
Exercise.Answer("06.1", doubled)

// exercise: exercise-2
double? halvings = Math.Ceiling(Math.Log2(0.5 / 1e-6));
Exercise.Answer("06.2", halvings)

// exercise: exercise-3
ZeroCenteredPenaltyGame Penalised(double g) => new(new BilinearGame(), g, "WGAN + R1");
double? critical = CriticalDamping.Find(g => CriticalDamping.FlowRate(Penalised(g)), 0.1, 5);
Exercise.Answer("06.3", critical)

// exercise: exercise-4
double? fastest = 1 / Math.Sqrt(2);
Exercise.Answer("06.4", fastest)

// exercise: exercise-5
var (upper, _) = NumericJacobian.OfStep(new AlternatingSteps(0.2, StepRatio: 10),
    DiracGan.Minimax(), GamePoint.Origin).Eigenvalues;
double? roundsAtTen = 2 * Math.PI / Math.Abs(upper.Phase);
Exercise.Answer("06.5", roundsAtTen)
