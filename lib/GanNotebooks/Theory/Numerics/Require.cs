using System.Runtime.CompilerServices;

namespace GanNotebooks.Theory;

/// <summary>Parameter checks whose messages name the parameter and show its value.</summary>
internal static class Require
{
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw OutOfRange(name, "must be finite", value);

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw OutOfRange(name, "must be positive and finite", value);

    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(name, "must lie in [0, 1]", value);

    public static int AtLeast(int value, int least, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, Text.Of($"{name} must be at least {least}, but was {value}."));

    public static double[] Weights(IReadOnlyList<double> weights, [CallerArgumentExpression(nameof(weights))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(weights, name);
        if (weights.Count == 0)
            throw new ArgumentException($"{name} must not be empty.", name);
        for (int i = 0; i < weights.Count; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
                throw new ArgumentException(Text.Of($"{name}[{i}] must be a finite number >= 0, but was {weights[i]}."), name);
        }
        double sum = weights.Sum();
        if (!(Math.Abs(sum - 1) <= 1e-12))
            throw new ArgumentException(Text.Of($"{name} must sum to 1 (within 1e-12), but summed to {sum:R}.{Hint(sum)}"), name);
        return [.. weights];
    }

    // Probabilities that a network computed in float32 sum to 1 within 1e-7 or so.
    private static string Hint(double sum) => sum > 0 && double.IsFinite(sum)
        ? " Divide them by their sum to normalise them: w.Select(x => x / w.Sum())."
        : "";

    private static ArgumentOutOfRangeException OutOfRange(string name, string demand, double value) =>
        new(name, value, Text.Of($"{name} {demand}, but was {value}."));
}
