using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Losses whose gradient is a policy gradient: weights that have no gradient, times log q of the generator's own samples.
/// </summary>
public static class PolicyLoss
{
    /// <summary>−mean (rᵢ − factor · mean of the other rewards) log q(xᵢ). The others do not depend on xᵢ, so no bias comes in.</summary>
    /// <param name="logProbabilities">log q(xᵢ), [N], with a gradient.</param>
    /// <param name="rewards">rᵢ, [N]; their gradient is not used.</param>
    /// <param name="factor">1 for the baseline, 0 for none.</param>
    /// <exception cref="ArgumentException">The shapes differ, or N &lt; 2.</exception>
    /// <remarks>Source: Williams 1992; Kool et al. 2019 for the baseline of the other samples.</remarks>
    public static Tensor Reinforce(Tensor logProbabilities, Tensor rewards, double factor = 1)
    {
        Check(logProbabilities, rewards);
        using var scope = NewDisposeScope();
        long n = rewards.size(0);
        var fixedRewards = rewards.detach();
        var others = (fixedRewards.sum() - fixedRewards) / (n - 1);
        return ((fixedRewards - others * factor) * logProbabilities).mean().neg().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// MaliGAN: −Σ (wᵢ − 1/N) log q(xᵢ), where wᵢ is D/(1 − D) of xᵢ, divided by the sum over the batch. With D = σ(s), D/(1 − D) = eˢ, so
    /// that w is the softmax of the logits.
    /// </summary>
    /// <param name="logProbabilities">log q(xᵢ), [N], with a gradient.</param>
    /// <param name="logits">sᵢ of the discriminator, [N]; their gradient is not used.</param>
    /// <exception cref="ArgumentException">The shapes differ, or N &lt; 2.</exception>
    /// <remarks>Source: Che et al. 2017, equation 5 and algorithm 1.</remarks>
    public static Tensor MaliGan(Tensor logProbabilities, Tensor logits)
    {
        Check(logProbabilities, logits);
        using var scope = NewDisposeScope();
        var weights = logits.detach().softmax(0) - 1.0 / logits.size(0);
        return (weights * logProbabilities).sum().neg().MoveToOuterDisposeScope();
    }

    private static void Check(Tensor logProbabilities, Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(logProbabilities);
        ArgumentNullException.ThrowIfNull(rewards);
        if (logProbabilities.dim() != 1 || rewards.dim() != 1 || rewards.size(0) != logProbabilities.size(0) || rewards.size(0) < 2)
        {
            throw new ArgumentException($"expected two tensors [N] with N of at least 2, got [{string.Join(", ", logProbabilities.shape)}] "
                + $"and [{string.Join(", ", rewards.shape)}]");
        }
    }
}
