namespace GanNotebooks.Theory;

/// <summary>Functions that keep probabilities as logarithms, so that nothing underflows in the tails.</summary>
public static class LogSpace
{
    /// <summary>log(1 + x), relatively exact for small x, x ≥ −1.</summary>
    /// <remarks>Source: Goldberg, What every computer scientist should know about floating-point arithmetic, theorem 4.</remarks>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u == 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>eˣ − 1, relatively exact for small x.</summary>
    public static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Math.Exp(x) - 1;
        double h = Math.Tanh(0.5 * x);
        return 2 * h / (1 - h);
    }

    /// <summary>
    /// log(1 + eˣ), the term of a discriminator's cross-entropy. It does not overflow and keeps its relative precision in the tail.
    /// </summary>
    public static double Softplus(double x) => x > 0 ? x + Log1P(Math.Exp(-x)) : Log1P(Math.Exp(x));

    /// <summary>1 / (1 + e⁻ˣ), relatively exact on both sides.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>log(eᵃ + eᵇ); −∞ when both are −∞.</summary>
    public static double LogAddExp(double a, double b) =>
        a == b ? a + Math.Log(2) : Math.Max(a, b) is var m && double.IsInfinity(m) ? m : m + Log1P(Math.Exp(-Math.Abs(a - b)));

    /// <summary>log Σ exp(aᵢ); −∞ for an empty sum.</summary>
    public static double LogSumExp(ReadOnlySpan<double> a)
    {
        double most = double.NegativeInfinity;
        foreach (double x in a)
            most = Math.Max(most, x);
        if (double.IsInfinity(most))
            return most;
        double sum = 0;
        foreach (double x in a)
            sum += Math.Exp(x - most);
        return most + Math.Log(sum);
    }
}
