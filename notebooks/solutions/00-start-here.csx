// exercise: exercise-1
double? indifferentLoss = 2 * Math.Log(2);
Exercise.Answer("00.1", indifferentLoss)

// exercise: exercise-2
double? variance = bells.Sum(b => b.Weight * (b.Std * b.Std + b.Mean * b.Mean)) - 0.3 * 0.3;
Exercise.Answer("00.2", variance)

// exercise: exercise-3
double[] xs = [.. Enumerable.Range(0, 320).Select(i => -8 + (i + 0.5) * 0.05)];
double Miss(double m, double s) =>
    xs.Sum(x => Math.Abs(p(x) - bell((x - m) / s) / s)) * 0.05 / 2;
var misses = from m in Enumerable.Range(-20, 41) from s in Enumerable.Range(5, 20)
             select Miss(m * 0.1, s * 0.1);
double? bestBell = misses.Min();
Exercise.Answer("00.3", bestBell)
