using System.Text.Json;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="StuckStudy"/>: numbers, and a few small images of the end.</summary>
/// <param name="Loss">Name of the generator's loss, a <see cref="StuckLoss"/>.</param>
/// <param name="Rule">Name of the way to step, a <see cref="StepRule"/>.</param>
/// <param name="DiscriminatorSteps">Number of updates of D before each update of G, k.</param>
/// <param name="Ahead">Number of updates of D before the first update of G.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Trajectory">The evaluations in order; the first is before the first update of G, the last at the end.</param>
/// <param name="Images">The last images of eight fixed noise vectors, one byte for each pixel, row by row.</param>
/// <param name="Seconds">Computing time in seconds.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedStuck(string Loss, string Rule, int DiscriminatorSteps, int Ahead, int Seed,
    IReadOnlyList<StuckEvaluation> Trajectory, byte[] Images, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedStuck, StuckEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "stuck-generator";

    private const int Pixels = 784;

    /// <summary>The evaluation at the end of the run.</summary>
    public StuckEvaluation End => Trajectory[^1];

    /// <summary>Norm of the gradient of the loss that G descends in this run.</summary>
    public double Gradient(StuckEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return Loss == StuckLoss.Saturating.Name ? evaluation.Saturating : evaluation.NonSaturating;
    }

    /// <summary>The last images, [8, 784], float32 in [-1, 1]. The caller disposes them.</summary>
    public Tensor ToTensor() => ImageTensors.FromBytes(tensor(Images).view(-1, Pixels));

    /// <summary>Reads the runs that come with the repository, ordered by set-up as in <see cref="StuckSetup.All"/> and by seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedStuck> All() =>
        [.. Of(Study).OrderBy(r => StuckSetup.All.ToList().FindIndex(r.IsOf)).ThenBy(r => r.Seed)];

    /// <summary>Whether this is a run of the given set-up.</summary>
    public bool IsOf(StuckSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return (Loss, Rule, DiscriminatorSteps, Ahead) == (setup.Loss.Name, setup.Rule.Name, setup.DiscriminatorSteps, setup.Ahead);
    }

    /// <summary>Images in [-1, 1] as bytes, the inverse of <see cref="ToTensor"/> up to rounding.</summary>
    internal static byte[] Bytes(Tensor images)
    {
        using var scope = NewDisposeScope();
        return images.clamp(-1, 1).add(1).mul(127.5).round().to(uint8).contiguous().data<byte>().ToArray();
    }
}

/// <summary>The measurements of a <see cref="RecordedStuck"/> after a number of updates of G.</summary>
/// <param name="Step">Number of updates of G.</param>
/// <param name="Moved">Root mean square, over 64 fixed noise vectors and all pixels, of the change since the start. Black to white is
/// 2.</param>
/// <param name="Saturating">‖∇_θ mean log(1 − D)‖ on a fixed batch of 32 noise vectors.</param>
/// <param name="NonSaturating">‖∇_θ mean −log D‖ on the same batch.</param>
/// <param name="FakeProbability">Mean of D over 64 generated images.</param>
/// <param name="Frechet">Fréchet distance of 1,000 generated images to 5,000 training images, in the classifier's features.</param>
/// <param name="Labels">How many of the 1,000 images the classifier reads as 0, 1, ..., 9.</param>
public sealed record StuckEvaluation(int Step, double Moved, double Saturating, double NonSaturating, double FakeProbability,
    double Frechet, IReadOnlyList<int> Labels);
