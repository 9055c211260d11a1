using System.Runtime.CompilerServices;

namespace GanNotebooks.Theory;

/// <summary>Directed rounding by error-free transformations: the sign of the exact rounding error decides whether to step.</summary>
/// <remarks>
/// Sum: Knuth's two-sum. Product and quotient: the residual by a fused multiply-add, exact unless it underflows, which a magnitude
/// check excludes. NaN (from ∞ − ∞ or 0·∞) becomes −∞ downward and +∞ upward.
/// Source: Muller et al., Handbook of Floating-Point Arithmetic, 2nd edition, chapter 4.
/// </remarks>
internal static class Rounding
{
    private const double Safe = 1e-270; // residuals of numbers above this are normal doubles

    /// <summary>A lower bound of a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddDown(double a, double b)
    {
        double sum = a + b;
        return Error(a, b, sum) >= 0 ? sum : Down(sum);
    }

    /// <summary>An upper bound of a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddUp(double a, double b) => -AddDown(-a, -b);

    /// <summary>A lower bound of a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyDown(double a, double b)
    {
        double product = a * b;
        if (a == 0 || b == 0)
            return double.IsNaN(product) ? double.NegativeInfinity : 0;
        return Math.Abs(product) > Safe && Math.FusedMultiplyAdd(a, b, -product) >= 0 ? product : Down(product);
    }

    /// <summary>An upper bound of a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyUp(double a, double b) => -MultiplyDown(-a, b);

    /// <summary>A lower bound of a / b, b &gt; 0.</summary>
    public static double DivideDown(double a, double b)
    {
        double quotient = a / b;
        if (a == 0)
            return 0;
        bool safe = Math.Abs(quotient) > Safe && Math.Abs(a) > Safe;
        return safe && Math.FusedMultiplyAdd(-quotient, b, a) >= 0 ? quotient : Down(quotient);
    }

    /// <summary>An upper bound of a / b, b &gt; 0.</summary>
    public static double DivideUp(double a, double b) => -DivideDown(-a, b);

    /// <summary>a + b − sum, exactly (NaN when something is infinite).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Error(double a, double b, double sum)
    {
        double back = sum - a;
        return a - (sum - back) + (b - back);
    }

    private static double Down(double x) => double.IsNaN(x) ? double.NegativeInfinity : Math.BitDecrement(x);
}
