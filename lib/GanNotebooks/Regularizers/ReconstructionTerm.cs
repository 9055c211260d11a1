using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// The distance between a generated sample and the real one of the same condition, as a term of the generator's loss: pix2pix minimises
/// its adversarial loss plus λ times the L1 distance (Isola et al. 2017, equations 3 and 4).
/// </summary>
/// <param name="Weight">λ, above 0; 100 in pix2pix.</param>
/// <param name="Norm">The distance.</param>
/// <param name="AdversarialWeight">Factor of the adversarial loss. With 0 the generator minimises the distance alone; D is trained
/// nevertheless, and says how well it tells the outputs from data.</param>
public sealed record ReconstructionTerm(double Weight, PairDistance Norm = PairDistance.L1, double AdversarialWeight = 1)
{
    /// <summary>Computes the term on a batch.</summary>
    /// <param name="generated">Generated samples, [N, ...].</param>
    /// <param name="real">The real samples of the same conditions, of the same shape.</param>
    /// <returns>λ times the mean over samples and numbers, a scalar.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Value(Tensor generated, Tensor real)
    {
        InputGradient.RequireSameShape(real, generated);
        var difference = generated - real;
        return Weight * (Norm is PairDistance.L1 ? difference.abs() : difference.square()).mean();
    }

    /// <summary>Throws when a weight is out of range.</summary>
    /// <exception cref="ArgumentException">The message names the weight.</exception>
    public void Validate()
    {
        if (!(Weight > 0) || !double.IsFinite(Weight))
            throw new ArgumentException($"{nameof(Weight)} of a {nameof(ReconstructionTerm)} must be above 0, got {Weight}");
        if (!(AdversarialWeight >= 0) || !double.IsFinite(AdversarialWeight))
            throw new ArgumentException($"{nameof(AdversarialWeight)} must be 0 or positive, got {AdversarialWeight}");
    }
}

/// <summary>Distances between the two samples of a pair.</summary>
public enum PairDistance
{
    /// <summary>Mean absolute difference. The best single answer to a random target is its conditional median.</summary>
    L1,

    /// <summary>Mean squared difference. The best single answer is the conditional mean.</summary>
    L2,
}
