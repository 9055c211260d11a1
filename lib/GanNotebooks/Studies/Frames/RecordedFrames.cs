using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="FrameStudy"/>. It holds plain numbers.</summary>
/// <param name="Method">One of <see cref="FrameRecipe.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="Trajectory">Evaluations during the run; the last is at the end.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedFrames(string Method, int Seed, int Steps, IReadOnlyList<FrameEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedFrames, FrameEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "next-frame";

    internal const string WeightsFile = "generator";

    /// <summary>The evaluation at the end of the run.</summary>
    public FrameEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository, ordered by method and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedFrames> All() =>
        [.. Of(Study).OrderBy(r => FrameRecipe.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>Loads the generator of the first recorded run of the GAN, in evaluation mode. The caller disposes it.</summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static DisplacementGenerator Generator()
    {
        using var weights = new Generator(1);
        var model = FrameRecipe.CreateGenerator(weights);
        string folder = Path.Combine(DataFolder.Find(), "pretrained", Study);
        RecordedWeights.Load(model, folder, WeightsFile, RecordedWeights.Record(folder));
        model.eval();
        return model;
    }
}

/// <summary>One evaluation of a <see cref="RecordedFrames"/> on digits that are at the left or right border, test images.</summary>
/// <param name="Step">Number of updates so far.</param>
/// <param name="Decided">Share of samples that show one of the two frames that can follow.</param>
/// <param name="Down">Share of down among them; NaN if there are none.</param>
/// <param name="Disagreement">Probability that two decided samples for the same condition differ; 2p(1 - p) in the data.</param>
/// <param name="SquaredError">Expected squared error of a sample against a random next frame, summed over the pixels; brightness.</param>
/// <param name="AbsoluteError">The same with absolute values.</param>
public sealed record FrameEvaluation(
    int Step, double Decided, double Down, double Disagreement, double SquaredError, double AbsoluteError);
