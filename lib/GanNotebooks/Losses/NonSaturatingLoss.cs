using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// The generator maximises log D(G(z)) instead of minimising log(1 − D(G(z))): the same fixed point, and a strong gradient while D wins
/// (Goodfellow et al. 2014, section 3). The discriminator's side is <see cref="MinimaxLoss"/>'s.
/// </summary>
public sealed record NonSaturatingLoss : IAdversarialLoss, ISeparableLoss
{
    /// <inheritdoc cref="MinimaxLoss.RealLabel"/>
    public double RealLabel { get; init => field = LogisticLoss.CheckedLabel(value); } = 1;

    /// <inheritdoc/>
    public bool GeneratorNeedsReal => false;

    /// <inheritdoc cref="MinimaxLoss.Discriminator"/>
    public Tensor Discriminator(Tensor real, Tensor fake) => LogisticLoss.Discriminator(real, fake, RealLabel);

    /// <summary>−mean log D(G(z)) = mean softplus(−l_fake); log 2 where D ≡ 1/2.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake) => softplus(-fake).mean();

    (double Value, double Slope) ISeparableLoss.DiscriminatorOnReal(double logit) => LogisticLoss.OnReal(logit, RealLabel);

    (double Value, double Slope) ISeparableLoss.DiscriminatorOnFake(double logit) => LogisticLoss.Softplus(logit);

    (double Value, double Slope) ISeparableLoss.GeneratorOnFake(double logit) => LogisticLoss.OnReal(logit, 1);
}
