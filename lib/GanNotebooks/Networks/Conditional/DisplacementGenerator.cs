using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Predicts the next frame by moving pixels of the last one. From the last two frames it takes how well they fit at each displacement (the
/// correlation layer of FlowNet, Dosovitskiy et al. 2015, section 3) and where the brightness lies. A perceptron encodes that, a second one
/// sees the code and z and gives a weight to each displacement of up to r pixels. The weights are positive with sum 1 (softmax), and the
/// next frame is the weighted sum of the displaced last frames (De Brabandere et al. 2016, "Dynamic Filter Networks", section 3.1, with
/// one filter for the frame). What moves in is black.
/// </summary>
public sealed class DisplacementGenerator : ConditionalNetwork
{
    private readonly MultilayerPerceptron encoder, chooser;
    private readonly int frames, size, noise, reach;
    private readonly double sharpness;

    /// <summary>Builds the layers. Their weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="frames">Number of frames in the condition, at least 2; the last channel is the newest.</param>
    /// <param name="size">Side of a frame, in pixels.</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <param name="reach">r, the largest displacement in pixels, in each direction.</param>
    /// <param name="width">Units of the hidden layers.</param>
    /// <param name="code">Numbers in the code of the frames; with few of them z has a say from the start.</param>
    /// <param name="sharpness">Factor of the logits. With a large one, different z choose different displacements from the start; with 1
    /// all displacements begin nearly equal, and G easily learns to ignore z.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public DisplacementGenerator(int frames, int size, int noise, int reach, int width = 64, int code = 8, double sharpness = 10)
        : base(nameof(DisplacementGenerator))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(reach, 1);
        (this.frames, this.size, this.noise, this.reach, this.sharpness) = (frames, size, noise, reach, sharpness);
        encoder = new MultilayerPerceptron(
            MotionFeatures.Count(size, reach), [width], [code], Activation.LeakyReLU, Activation.LeakyReLU);
        chooser = new MultilayerPerceptron(code + noise, [width], [Displacements], Activation.LeakyReLU);
        RegisterComponents();
    }

    /// <summary>Number of displacements, (2r + 1)².</summary>
    public int Displacements => MotionFeatures.Displacements(reach);

    /// <summary>Computes the weight of each displacement.</summary>
    /// <param name="input">z, [N, noise].</param>
    /// <param name="condition">[N, frames, size, size] in [-1, 1].</param>
    /// <returns>[N, (2r + 1)²], rows with sum 1; the displacements row by row, from r up and r left to r down and r right.</returns>
    public Tensor Weights(Tensor input, Tensor condition)
    {
        SquareSizes.RequireNoise(input, noise);
        ConditionShape.RequireImages(condition, frames, size);
        var code = encoder.call(MotionFeatures.Of(condition, reach)); // [N, code]
        return (sharpness * chooser.call(cat([code, input], 1))).softmax(1);
    }

    /// <summary>Maps noise and frames to the next frame.</summary>
    /// <param name="input">z, [N, noise].</param>
    /// <param name="condition">[N, frames, size, size] in [-1, 1].</param>
    /// <returns>[N, 1, size, size] in [-1, 1].</returns>
    /// <exception cref="ArgumentException">Noise or condition has another shape.</exception>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        var weights = Weights(input, condition); // [N, K]
        var displaced = MotionFeatures.Displaced(MotionFeatures.Frame(condition, frames - 1), reach); // [N, K, s²]
        return weights.unsqueeze(1).bmm(displaced).view(-1, 1, size, size) * 2 - 1;
    }
}
