using System.Text.Json;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="DataEfficiencyStudy"/>. It holds plain numbers and some digits.</summary>
/// <param name="Count">Number of training images, n.</param>
/// <param name="Method">One of <see cref="Methods"/>.</param>
/// <param name="Seed">Seed of the choice of images, of weights, noise and order.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="Trajectory">Evaluations during the run; the last entry is at the end.</param>
/// <param name="Digits">Samples of the averaged generator at the end, [64, 28, 28] bytes in base 64.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedDataEfficiency(int Count, string Method, int Seed, int Steps,
    IReadOnlyList<DataEfficiencyEvaluation> Trajectory, string Digits, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedDataEfficiency, DataEfficiencyEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "data-efficiency";

    /// <summary>Names of the methods. Pixels that come in are mid-grey, as in DiffAugment; with <see cref="Black"/> they have the colour
    /// of the ground. The last two methods have a discriminator without batch normalisation.</summary>
    public const string Plain = "none", Translation = "translation", Cutout = "translation + cutout", Adaptive = "ADA",
        Black = "translation, black",
        Bare = "no batch norm", R1 = "R1";

    private const int ImageSide = 28;

    /// <summary>The methods in the order of tables.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Plain, Translation, Cutout, Adaptive, Black, Bare, R1];

    /// <summary>Numbers of training images.</summary>
    public static IReadOnlyList<int> Counts { get; } = [100, 300, 1000, 3000, 10_000, 60_000];

    /// <summary>The evaluation at the end of the run.</summary>
    public DataEfficiencyEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository, ordered by method, count and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedDataEfficiency> All() =>
        [.. Of(Study).OrderBy(r => Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Count).ThenBy(r => r.Seed)];

    /// <summary>Returns the recorded samples: 64 images, [64, 1, 28, 28] in [−1, 1]. The caller disposes them.</summary>
    public Tensor Images()
    {
        using var scope = NewDisposeScope();
        byte[] bytes = Convert.FromBase64String(Digits);
        return ImageTensors.FromBytes(tensor(bytes, dtype: uint8).view(-1, 1, ImageSide, ImageSide)).MoveToOuterDisposeScope();
    }
}
