using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.LatentModels;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="SwapStudy"/>. It holds plain numbers.</summary>
/// <param name="Method">One of <see cref="SwapStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights and data.</param>
/// <param name="Steps">Number of updates.</param>
/// <param name="Trajectory">Evaluations during the run; the last is at the end.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedSwap(string Method, int Seed, int Steps, IReadOnlyList<SwapEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedSwap, SwapEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "digit-swap";

    internal const string WeightsFile = "shared-encoder";

    /// <summary>The evaluation at the end of the run.</summary>
    public SwapEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository, ordered by method and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedSwap> All() =>
        [.. Of(Study).OrderBy(r => SwapStudy.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>
    /// Loads the swap of 4 and 9 that the first recorded run produced. Stored as bfloat16, returned as float32, in evaluation mode. The
    /// caller disposes it.
    /// </summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static SwapAutoencoder Network()
    {
        var model = SwapStudy.Create(SwapLayout.SharedEncoder, seed: 1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        string folder = Path.Combine(DataFolder.Find(), "pretrained", Study);
        var saved = RecordedWeights.Read(folder, WeightsFile, RecordedWeights.Record(folder));
        foreach (var (name, parameter) in model.named_parameters())
            parameter.copy_(saved[name].to(float32));
        model.eval();
        return model;
    }
}

/// <summary>One evaluation of a <see cref="RecordedSwap"/> on the test images of both classes.</summary>
/// <param name="Step">Number of updates so far.</param>
/// <param name="Error">Mean squared error per pixel of the reconstructions, pixels in [-1, 1].</param>
public sealed record SwapEvaluation(int Step, double Error)
{
    /// <summary>First class turned into the second.</summary>
    public required SwapNumbers Forth { get; init; }

    /// <summary>Second class turned into the first.</summary>
    public required SwapNumbers Back { get; init; }

    /// <summary>The first class encoded and decoded as itself: the ceiling of what the code keeps.</summary>
    public required SwapNumbers Copy { get; init; }

    /// <summary>Accuracy of a detector on test images, real images of the second class against swapped ones of the first. It was trained
    /// on training images; NaN before the end of the run.</summary>
    public double Detector { get; init; } = double.NaN;

    /// <summary>Standard error of <see cref="Detector"/>.</summary>
    public double DetectorError { get; init; } = double.NaN;
}

/// <summary>A <see cref="SwapReport"/> in plain numbers.</summary>
/// <param name="Wanted">Share of the results that the classifier reads as the wanted class.</param>
/// <param name="WantedError">Its standard error.</param>
/// <param name="Slant">Correlation of the slant before and after.</param>
/// <param name="Ink">Correlation of the ink before and after.</param>
/// <param name="Width">Correlation of the width before and after.</param>
public sealed record SwapNumbers(double Wanted, double WantedError, double Slant, double Ink, double Width)
{
    /// <summary>The share with its error.</summary>
    [JsonIgnore]
    public MeanWithError Share => new(Wanted, WantedError);

    internal static SwapNumbers Of(SwapReport report) =>
        new(report.Wanted.Value, report.Wanted.StandardError, report.Slant, report.Ink, report.Width);
}
