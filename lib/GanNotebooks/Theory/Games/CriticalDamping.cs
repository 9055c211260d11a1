namespace GanNotebooks.Theory;

/// <summary>
/// Finds the weight of a regulariser at which a game converges fastest, by search on the numeric Jacobian at the equilibrium.
/// </summary>
public static class CriticalDamping
{
    private const double GoldenSection = 0.6180339887498949; // (√5 - 1)/2

    /// <summary>The rate r at which the flow converges locally, |w(t)| ~ e^(-rt): minus the largest real part of an eigenvalue.</summary>
    /// <param name="game">The game; equilibrium at the origin.</param>
    /// <returns>The rate per unit of time; negative if the flow diverges.</returns>
    public static double FlowRate(IGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        return -NumericJacobian.Of(game.Field, GamePoint.Origin).SpectralAbscissa;
    }

    /// <summary>
    /// The rate r at which steps converge locally, |w(n)| ~ e^(-rn): minus the logarithm of the spectral radius of one step.
    /// </summary>
    /// <param name="game">The game; equilibrium at the origin.</param>
    /// <param name="integrator">An integrator without memory.</param>
    /// <returns>The rate per step; negative if the steps diverge.</returns>
    public static double StepRate(IGame game, IIntegrator integrator)
        => -Math.Log(NumericJacobian.OfStep(integrator, game, GamePoint.Origin).SpectralRadius);

    /// <summary>
    /// γ of critical damping for the Dirac-GAN with R1 and k discriminator steps a round, by formula: the root of (1 − s)/(1 + s) = h/(4γ),
    /// s = (1 − hγ)^(k/2). A round has the determinant a = s² and the trace 1 + a − (1 − a) h/(4γ); its eigenvalues meet where
    /// trace² = 4 a.
    /// </summary>
    /// <param name="stepSize">h, in (0, 1].</param>
    /// <param name="discriminatorSteps">k ≥ 1; k = 1 gives 1 − h/4.</param>
    /// <returns>γ; at h = 0.2 and k = 1, 2, 5, 10: .95, .68255, .43811, .31254.</returns>
    /// <exception cref="ArgumentOutOfRangeException">h is not in (0, 1], or k &lt; 1.</exception>
    public static double DiracR1(double stepSize, int discriminatorSteps = 1)
    {
        if (!(stepSize > 0 && stepSize <= 1))
            throw new ArgumentOutOfRangeException(nameof(stepSize), stepSize, "The step must lie in (0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(discriminatorSteps, 1);
        var (low, high) = (0.0, 1 / stepSize); // the left side rises from 0 to 1, the right side falls
        while (0.5 * (low + high) is var middle && middle > low && middle < high)
        {
            double s = Math.Pow(1 - stepSize * middle, 0.5 * discriminatorSteps);
            (low, high) = (1 - s) / (1 + s) < stepSize / (4 * middle) ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>
    /// The weight with the largest rate, by golden-section search. At a double eigenvalue the rate has a kink and the numeric Jacobian's
    /// error enters as its root, so about six digits are right.
    /// </summary>
    /// <param name="rate">The rate as a function of the weight; rises, then falls.</param>
    /// <param name="low">The lower end of the search.</param>
    /// <param name="high">The upper end of the search.</param>
    /// <param name="tolerance">The largest width of the last bracket.</param>
    /// <returns>The weight at which the rate is largest.</returns>
    public static double Find(Func<double, double> rate, double low, double high, double tolerance = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(rate);
        if (!(low < high))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The upper end must lie above the lower end {low}.");
        var (left, right) = (high - GoldenSection * (high - low), low + GoldenSection * (high - low));
        var (atLeft, atRight) = (rate(left), rate(right));
        while (high - low > tolerance)
        {
            if (atLeft < atRight)
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + GoldenSection * (high - low);
                atRight = rate(right);
            }
            else
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - GoldenSection * (high - low);
                atLeft = rate(left);
            }
        }

        return (low + high) / 2;
    }
}
