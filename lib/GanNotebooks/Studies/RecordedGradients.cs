using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>
/// A recorded run of <see cref="GradientStudy"/>: the gradients that a frozen generator receives from a fresh discriminator during the
/// training of the discriminator. It holds plain numbers.
/// </summary>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Epochs">Number of passes over the training images after which G was frozen.</param>
/// <param name="Side">Side of the image region that a feature of the discriminator's last layer sees, in pixels: 18 or 10.</param>
/// <param name="Trajectory">The evaluations, in order of updates.</param>
/// <param name="Seconds">Computing time in seconds.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedGradients(int Seed, int Epochs, int Side, IReadOnlyList<GradientEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedGradients, GradientEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "dcgan-gradients";

    /// <summary>Values of <see cref="Side"/> for the discriminator with the extra layer and for the one without it.</summary>
    public const int WiderSide = 18, NarrowerSide = 10;

    /// <summary>Reads the runs that come with the repository, ordered by seed, age and discriminator.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedGradients> All() =>
        [.. Of(Study).OrderBy(r => r.Seed).ThenBy(r => r.Epochs).ThenByDescending(r => r.Side)];
}

/// <summary>The measurements after a number of updates of a fresh discriminator.</summary>
/// <param name="Update">Number of updates of D.</param>
/// <param name="Accuracy">Share of images that D puts on the right side of 1/2, half of them held-out real and half generated.</param>
/// <param name="OnFakes">Share of the generated images alone that D puts on the right side of 1/2.</param>
/// <param name="Batches">The generator's gradients on several batches of noise.</param>
public sealed record GradientEvaluation(int Update, double Accuracy, double OnFakes, IReadOnlyList<GeneratorGradient> Batches)
{
    /// <summary>Returns the median over the batches. In a mean, one image that still fools D can outweigh all others.</summary>
    public double Median(Func<GeneratorGradient, double> quantity)
    {
        double[] values = [.. Batches.Select(quantity).Order()];
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
