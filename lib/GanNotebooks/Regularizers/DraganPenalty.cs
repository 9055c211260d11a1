using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// λ E(‖∇l(x + α δ)‖ − 1)² around data only (Kodali et al. 2017). δ = ½ std(x) u, with u uniform on [0, 1] in each coordinate and one
/// standard deviation for the whole batch; α is uniform on [0, 1] and drawn for each sample. Both are those of the authors' code, whose
/// <c>get_perturbed_batch</c> returns <c>minibatch + 0.5 * minibatch.std() * np.random.random(minibatch.shape)</c> and whose penalty is
/// taken between the data and these points.
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
        var alpha = PerSample.Uniform(real, random); // [N, 1, ...]
        return Weight * GradientPenalty.OneCentered(discriminator, real + alpha * Spread * real.std(unbiased: false) * u);
    }
}
