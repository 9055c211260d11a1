namespace GanNotebooks.Theory;

/// <summary>A number with its uncertainty and its origin.</summary>
/// <param name="Value">The number, in nats where it is a divergence; may be +∞.</param>
/// <param name="Error">The error, ≥ 0; see <paramref name="Method"/> for what it means.</param>
/// <param name="Method">The method that computed it.</param>
/// <param name="Count">Function evaluations, or samples for Monte Carlo; 0 for a closed form.</param>
public sealed record Estimate(double Value, double Error, EstimateMethod Method, long Count = 0)
{
    /// <summary>A value from a formula, with a rounding allowance of 1e-15 plus 16 units in the last place.</summary>
    public static Estimate ClosedForm(double value) =>
        new(value, double.IsFinite(value) ? 1e-15 + 16 * 1.12e-16 * Math.Abs(value) : 0, EstimateMethod.ClosedForm);

    /// <summary>True when <paramref name="value"/> lies within <paramref name="factor"/> errors.</summary>
    /// <param name="value">The value to compare with; infinite values agree only with the same infinity.</param>
    /// <param name="factor">1 for a bound; 4 is a usual choice for a standard error.</param>
    public bool AgreesWith(double value, double factor = 1) => value == Value || Math.Abs(value - Value) <= factor * Error;

    /// <summary>a·estimate + b.</summary>
    public Estimate Affine(double a, double b) => this with { Value = a * Value + b, Error = Math.Abs(a) * Error + 4.5e-16 * Math.Abs(b) };

    /// <summary>The sum of two estimates; standard errors add in squares, bounds add.</summary>
    public Estimate Plus(Estimate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool both = Method == EstimateMethod.MonteCarlo && other.Method == EstimateMethod.MonteCarlo;
        return this with
        {
            Value = Value + other.Value,
            Error = both ? Math.Sqrt(Error * Error + other.Error * other.Error) : Error + other.Error,
            Method = Method == EstimateMethod.ClosedForm ? other.Method : Method,
            Count = Count + other.Count,
        };
    }

    /// <summary>For example -1.16344812 ± 2.1E-13 (quadrature, 630 evaluations).</summary>
    public override string ToString() => (double.IsInfinity(Value) ? (Value > 0 ? "∞" : "-∞") : Text.Of($"{Value:G10} ± {Error:G2}"))
        + Method switch
        {
            EstimateMethod.ClosedForm => " (closed form)",
            EstimateMethod.Quadrature => $" (quadrature, {Count} evaluations)",
            EstimateMethod.MonteCarlo => $" (Monte Carlo, N = {Count}, standard error)",
            EstimateMethod.Certified => $" (certified, {Count} evaluations)",
            _ => throw new InvalidOperationException($"Unknown method {Method}."),
        };
}

/// <summary>The method that computed a number; it decides what the error means.</summary>
public enum EstimateMethod
{
    /// <summary>A formula; the error is a rounding allowance.</summary>
    ClosedForm,

    /// <summary>Adaptive quadrature; the error is the rule's own estimate, plus rounding.</summary>
    Quadrature,

    /// <summary>Random sampling; the error is one standard error.</summary>
    MonteCarlo,

    /// <summary>A certified enclosure; the error is half its width and cannot be exceeded.</summary>
    Certified,
}
