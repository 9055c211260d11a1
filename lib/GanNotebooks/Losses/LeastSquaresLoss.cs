using static TorchSharp.torch;

namespace GanNotebooks.Losses;

/// <summary>
/// Squared distances of the logit from three targets: a for fakes and b for data in D's loss, c for fakes in G's (Mao et al. 2017,
/// equation 2). The logit itself is compared, there is no sigmoid.
/// </summary>
/// <param name="FakeTarget">a, the logit that D should give to fakes.</param>
/// <param name="RealTarget">b, the logit that D should give to data; larger than a, so that logits are high on real.</param>
/// <param name="GeneratorTarget">c, the logit that G wants D to give to fakes.</param>
public sealed record LeastSquaresLoss(double FakeTarget, double RealTarget, double GeneratorTarget) : IAdversarialLoss
{
    /// <summary>The practical coding (a, b, c) = (0, 1, 1): G wants the logit that D should give to data.</summary>
    public static LeastSquaresLoss ZeroOne { get; } = new(0, 1, 1);

    /// <summary>
    /// The coding (−1, 1, 0), with b − c = 1 and b − a = 2. The best D pays 1 − Δ/2, where Δ = ∫ (p − q)²/(p + q) is Pearson's χ² of 2q
    /// against p + q: D measures Δ. G does not descend Δ. Against that D its step is along ∇[2 KL(p‖m) − Δ/2] with m = (p + q)/2, as
    /// notebook 07 derives and checks; near q = p this pull has no part of first order.
    /// </summary>
    public static LeastSquaresLoss PearsonChiSquare { get; } = new(-1, 1, 0);

    /// <inheritdoc/>
    public bool GeneratorNeedsReal => false;

    /// <summary>½ mean (l_real − b)² + ½ mean (l_fake − a)².</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return 0.5 * (real - RealTarget).square().mean() + 0.5 * (fake - FakeTarget).square().mean();
    }

    /// <summary>½ mean (l_fake − c)².</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return 0.5 * (fake - GeneratorTarget).square().mean();
    }
}
