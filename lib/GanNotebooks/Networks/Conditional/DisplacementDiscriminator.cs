using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Judges a next frame by its motion, the partner of <see cref="DisplacementGenerator"/>: a perceptron sees the correlations of the last
/// frame with the judged one, the energy of the judged one (a blurred mixture of two places has less), and the features of the condition.
/// </summary>
public sealed class DisplacementDiscriminator : ConditionalNetwork
{
    private readonly MultilayerPerceptron judge;
    private readonly int frames, size, reach;

    /// <summary>Builds the layers. Their weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="frames">Number of frames in the condition, at least 2.</param>
    /// <param name="size">Side of a frame, in pixels.</param>
    /// <param name="reach">The largest displacement in pixels, in each direction.</param>
    /// <param name="width">Units of both hidden layers.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public DisplacementDiscriminator(int frames, int size, int reach, int width = 64)
        : base(nameof(DisplacementDiscriminator))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(reach, 1);
        (this.frames, this.size, this.reach) = (frames, size, reach);
        int features = MotionFeatures.Displacements(reach) + 1 + MotionFeatures.Count(size, reach);
        judge = new MultilayerPerceptron(features, [width, width], [1], Activation.LeakyReLU);
        RegisterComponents();
    }

    /// <summary>Computes the logits of next frames.</summary>
    /// <param name="input">[N, 1, size, size] in [-1, 1].</param>
    /// <param name="condition">[N, frames, size, size] in [-1, 1].</param>
    /// <returns>[N, 1], high on real pairs.</returns>
    /// <exception cref="ArgumentException">Frame or condition has another shape.</exception>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        ConditionShape.RequireImages(input, 1, size);
        ConditionShape.RequireImages(condition, frames, size);
        var (last, judged) = (MotionFeatures.Frame(condition, frames - 1), MotionFeatures.Frame(input, 0));
        var energy = MotionFeatures.Energy(judged) / MotionFeatures.Energy(last); // [N, 1]
        return judge.call(cat([MotionFeatures.Correlations(last, judged, reach), energy, MotionFeatures.Of(condition, reach)], 1));
    }
}
