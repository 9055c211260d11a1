using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>
/// A recorded run of <see cref="GradientStudy"/>: what a fresh discriminator told a frozen generator while it learned. Plain numbers.
/// </summary>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Epochs">Passes over the training images after which G was frozen.</param>
/// <param name="Side">Pixels on a side of what a feature of the discriminator's last layer sees: 18 or 10.</param>
/// <param name="Trajectory">The measurements.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public sealed record RecordedGradients(int Seed, int Epochs, int Side, IReadOnlyList<GradientEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedGradients, GradientEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Folder below <c>data/results</c>.</summary>
    public const string Study = "dcgan-gradients";

    /// <summary><see cref="Side"/> of the discriminator with the extra layer, and of the one without it.</summary>
    public const int WiderSide = 18, NarrowerSide = 10;

    /// <summary>The runs that come with the repository, by seed, age and discriminator.</summary>
    /// <exception cref="DataFileException">There are none.</exception>
    public static IReadOnlyList<RecordedGradients> All() =>
        [.. Of(Study).OrderBy(r => r.Seed).ThenBy(r => r.Epochs).ThenByDescending(r => r.Side)];
}

/// <summary>What was measured after a number of updates of a fresh discriminator.</summary>
/// <param name="Update">Updates of D.</param>
/// <param name="Accuracy">Share of held-out real and of generated images, half each, on the right side of 1/2.</param>
/// <param name="OnFakes">The same of the generated images alone.</param>
/// <param name="Batches">The generator's gradients on several batches of noise.</param>
public sealed record GradientEvaluation(int Update, double Accuracy, double OnFakes, IReadOnlyList<GeneratorGradient> Batches)
{
    /// <summary>The median over the batches: one image that still fools D can outweigh all others in a mean.</summary>
    public double Median(Func<GeneratorGradient, double> quantity)
    {
        double[] values = [.. Batches.Select(quantity).Order()];
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
