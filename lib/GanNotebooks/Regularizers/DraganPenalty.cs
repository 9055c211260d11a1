using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// λ E(‖∇l(x + δ)‖ − 1)² around data only, δ = ½ std(x) u with u uniform on [0, 1] in each coordinate (Kodali et al. 2017; std over the
/// whole batch, as the authors' code is remembered to do it).
/// </summary>
/// <param name="Weight">λ; 10 in the paper.</param>
public sealed record DraganPenalty(double Weight = 10) : IDiscriminatorPenalty
{
    private const double Spread = 0.5;

    /// <inheritdoc/>
    public Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random)
    {
        InputGradient.DemandSameShape(real, fake);
        var u = empty_like(real).FillUniform(0, 1, random);
        return Weight * GradientPenalty.OneCentered(discriminator, real + Spread * real.std() * u);
    }
}
