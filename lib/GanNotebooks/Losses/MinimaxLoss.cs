using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// The game as it is written: min over G, max over D of V(D, G) = E_p[log D(x)] + E_z[log(1 − D(G(z)))] (Goodfellow et al. 2014, equation
/// 1). The generator's side saturates: where D is sure, its gradient vanishes.
/// </summary>
public sealed record MinimaxLoss : IAdversarialLoss, ISeparableLoss
{
    /// <summary>
    /// The label α of real samples, in (0, 1]. A value below 1, typically 0.9, is one-sided label smoothing (Salimans et al. 2016,
    /// section 3.4): the best logit is then finite, log(α p / (q + (1 − α) p)). The label of fakes stays 0.
    /// </summary>
    public double RealLabel { get; init => field = LogisticLoss.CheckedLabel(value); } = 1;

    /// <inheritdoc/>
    public bool GeneratorNeedsReal => false;

    /// <summary>−V = mean softplus(−l_real) + mean softplus(l_fake); 2 log 2 where D ≡ 1/2.</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake) => LogisticLoss.Discriminator(real, fake, RealLabel);

    /// <summary>mean log(1 − D(G(z))) = −mean softplus(l_fake); −log 2 where D ≡ 1/2.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake) => -softplus(fake).mean();

    (double Value, double Slope) ISeparableLoss.DiscriminatorOnReal(double logit) => LogisticLoss.OnReal(logit, RealLabel);

    (double Value, double Slope) ISeparableLoss.DiscriminatorOnFake(double logit) => LogisticLoss.Softplus(logit);

    (double Value, double Slope) ISeparableLoss.GeneratorOnFake(double logit)
    {
        var (value, slope) = LogisticLoss.Softplus(logit);
        return (-value, -slope);
    }
}
