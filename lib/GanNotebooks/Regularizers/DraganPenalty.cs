using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// λ E(‖∇l(x + δ)‖ − 1)² around data only, with δ = ½ std(x) u and u uniform on [0, 1] in each coordinate (Kodali et al. 2017). The
/// standard deviation is one number for the whole batch, as in the authors' code: <c>get_perturbed_batch</c> returns
/// <c>minibatch + 0.5 * minibatch.std() * np.random.random(minibatch.shape)</c> (numpy divides by N, torch by N − 1). Their code then draws
/// one more factor from [0, 1] for each sample, which scales δ; this class leaves it out.
/// </summary>
/// <param name="Weight">λ; 10 in the paper.</param>
public sealed record DraganPenalty(double Weight = 10) : IDiscriminatorPenalty
{
    private const double Spread = 0.5;

    /// <inheritdoc/>
    public Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random)
    {
        InputGradient.RequireSameShape(real, fake);
        var u = empty_like(real).FillUniform(0, 1, random);
        return Weight * GradientPenalty.OneCentered(discriminator, real + Spread * real.std() * u);
    }
}
