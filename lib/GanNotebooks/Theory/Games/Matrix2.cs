using System.Numerics;

namespace GanNotebooks.Theory;

/// <summary>A real 2 x 2 matrix [[a, b], [c, d]], rows θ then ψ: the Jacobian of a game or of one step of an integrator.</summary>
/// <param name="A">Row θ, column θ.</param>
/// <param name="B">Row θ, column ψ.</param>
/// <param name="C">Row ψ, column θ.</param>
/// <param name="D">Row ψ, column ψ.</param>
public readonly record struct Matrix2(double A, double B, double C, double D)
{
    /// <summary>a + d.</summary>
    public double Trace => A + D;

    /// <summary>a d - b c.</summary>
    public double Determinant => A * D - B * C;

    /// <summary>The largest real part of an eigenvalue: a flow converges locally if it is negative, and then as e^(t·this).</summary>
    public double SpectralAbscissa => Math.Max(Eigenvalues.First.Real, Eigenvalues.Second.Real);

    /// <summary>
    /// The largest modulus of an eigenvalue: an iteration converges locally if it is below 1, and then by this factor per step.
    /// </summary>
    public double SpectralRadius => Math.Max(Eigenvalues.First.Magnitude, Eigenvalues.Second.Magnitude);

    /// <summary>
    /// The eigenvalues (a + d)/2 ± √(((a - d)/2)² + b c), first the one with the plus sign; the discriminant is not formed from trace and
    /// determinant, which would cancel.
    /// </summary>
    public (Complex First, Complex Second) Eigenvalues
    {
        get
        {
            var (mean, halfGap) = ((A + D) / 2, (A - D) / 2);
            var root = Complex.Sqrt(halfGap * halfGap + B * C);
            return (mean + root, mean - root);
        }
    }

    /// <summary>The product of matrix and vector.</summary>
    /// <param name="v">The vector.</param>
    /// <returns>M v.</returns>
    public GamePoint Apply(GamePoint v) => new(A * v.Theta + B * v.Psi, C * v.Theta + D * v.Psi);

    /// <summary>The product of the transposed matrix and a vector.</summary>
    /// <param name="v">The vector.</param>
    /// <returns>Mᵀ v.</returns>
    public GamePoint ApplyTransposed(GamePoint v) => new(A * v.Theta + C * v.Psi, B * v.Theta + D * v.Psi);
}
