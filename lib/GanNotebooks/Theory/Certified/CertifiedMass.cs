namespace GanNotebooks.Theory;

/// <summary>Coarse enclosures of a density's mass over an interval.</summary>
internal static class CertifiedMass
{
    private static readonly Interval Unit = new(0, 1);

    /// <summary>Width times the range of the density; [0, 1] for an infinite interval.</summary>
    public static Interval FromRange(ICertifiedDensity p, double a, double b)
    {
        if (p.VanishesOn(a, b))
            return 0;
        if (double.IsInfinity(b) || double.IsInfinity(a))
            return Unit;
        var range = IntervalMath.Exp(LogRange(p, a, b));
        return Clip(range * ((Interval)b - a));
    }

    /// <summary>Range of log p over [a, b].</summary>
    public static Interval LogRange(ICertifiedDensity p, double a, double b) => p.LogPdf(IntervalJet.Variable(new(a, b), 0))[0];

    /// <summary>An enclosure of a probability, cut to [0, 1].</summary>
    public static Interval Clip(Interval mass) => Unit.Intersect(mass);
}
