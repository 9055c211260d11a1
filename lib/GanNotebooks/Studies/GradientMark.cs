using GanNotebooks.Metrics;

namespace GanNotebooks.Training;

/// <summary>What was measured after a number of updates of a fresh discriminator.</summary>
/// <param name="Update">Updates of D.</param>
/// <param name="Accuracy">Share of held-out real and of generated images, half each, on the right side of 1/2.</param>
/// <param name="OnFakes">The same of the generated images alone.</param>
/// <param name="Batches">The generator's gradients on several batches of noise.</param>
public sealed record GradientMark(int Update, double Accuracy, double OnFakes, IReadOnlyList<GeneratorGradient> Batches)
{
    /// <summary>The median over the batches: one image that still fools D can outweigh all others in a mean.</summary>
    public double Median(Func<GeneratorGradient, double> quantity)
    {
        double[] values = [.. Batches.Select(quantity).Order()];
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
