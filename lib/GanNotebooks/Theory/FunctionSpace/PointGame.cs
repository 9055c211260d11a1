using System.Numerics;

namespace GanNotebooks.Theory;

/// <summary>
/// The GAN game at one place x when both players are functions: θ = q(x) − p(x) and ψ = the logit l(x) move freely, each along its own
/// functional derivative. The field is v_θ = −log(1 − D) − log 2 and v_ψ = p (1 − D) − q D with D = σ(ψ), q = p + θ.
/// </summary>
/// <remarks>
/// V = ∫ p log D + q log(1 − D), so −δV/δq = −log(1 − D) and δV/δl = p (1 − D) − q D. The constant log 2 is what a multiplier for q's total
/// takes off at the equilibrium. Near it, D ≈ ½ + ψ/4 gives the Jacobian [[0, ½], [−½, −p/2]]: the places do not feel one another, and
/// the damping at x is p(x)/4 for p ≤ 2; beyond that the game is overdamped and the slower rate tends to 1/(2p).
/// Without dimension if p is measured in units of the inverse of time.
/// </remarks>
/// <param name="Density">p(x), not negative.</param>
public sealed record PointGame(double Density) : ISmoothGame
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"functions, p = {Density}");

    /// <summary>−p/4 ± √(p²/16 − ¼), the plus sign first: the eigenvalues of the Jacobian at the equilibrium.</summary>
    public (Complex First, Complex Second) Eigenvalues
    {
        get
        {
            var root = Complex.Sqrt(Density * Density / 16 - 0.25);
            return (-Density / 4 + root, -Density / 4 - root);
        }
    }

    /// <inheritdoc/>
    public GamePoint Field(GamePoint at) => new(
        LogSpace.Softplus(at.Psi) - Constants.Log2,
        Density * LogSpace.Sigmoid(-at.Psi) - (Density + at.Theta) * LogSpace.Sigmoid(at.Psi));

    /// <inheritdoc/>
    public Matrix2 Jacobian(GamePoint at)
    {
        double d = LogSpace.Sigmoid(at.Psi);
        return new(0, d, -d, -(2 * Density + at.Theta) * d * (1 - d));
    }
}
