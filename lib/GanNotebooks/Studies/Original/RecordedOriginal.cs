using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="OriginalStudy"/>. It holds plain numbers and some digits.</summary>
/// <param name="Method"><see cref="OriginalStudy.Program"/> or <see cref="OriginalStudy.Paper"/>.</param>
/// <param name="Seed">Seed of weights, noise, dropout and data.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="StepsPerEpoch">Number of updates in one epoch.</param>
/// <param name="Trajectory">Evaluations during the run; the last entry is at the end and uses all test images.</param>
/// <param name="Digits">Samples at the end, [100, 28, 28] bytes in base 64.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedOriginal(string Method, int Seed, int Steps, int StepsPerEpoch,
    IReadOnlyList<OriginalEvaluation> Trajectory, string Digits, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedOriginal, OriginalEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "original-mnist";

    private const int ImageSide = 28;

    /// <summary>Number of epochs.</summary>
    public double Epochs => (double)Steps / StepsPerEpoch;

    /// <summary>The evaluation at the end of the run.</summary>
    public OriginalEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedOriginal> All() => Of(Study);

    /// <summary>The longest recorded run of a variant, with the smallest seed.</summary>
    /// <param name="method"><see cref="OriginalStudy.Program"/> or <see cref="OriginalStudy.Paper"/>.</param>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    /// <exception cref="ArgumentException">No run of the variant is recorded.</exception>
    public static RecordedOriginal Longest(string method) =>
        All().Where(r => r.Method == method).OrderByDescending(r => r.Steps).ThenBy(r => r.Seed).FirstOrDefault()
            ?? throw new ArgumentException($"no run of the variant '{method}' is recorded", nameof(method));

    /// <summary>Returns the recorded samples: 100 images, [100, 1, 28, 28] in [-1, 1]. The caller disposes them.</summary>
    public Tensor Images()
    {
        using var scope = NewDisposeScope();
        byte[] bytes = Convert.FromBase64String(Digits);
        return ImageTensors.FromBytes(tensor(bytes, dtype: uint8).view(-1, 1, ImageSide, ImageSide)).MoveToOuterDisposeScope();
    }
}

/// <summary>One evaluation of a <see cref="RecordedOriginal"/>.</summary>
/// <param name="Step">Number of updates of G so far.</param>
/// <param name="Value">Mean log density of the test images under the Parzen window of the samples, in nats.</param>
/// <param name="Error">Its standard error over the test images.</param>
/// <param name="Sigma">Width of the window, chosen on 1,000 validation images.</param>
/// <param name="Samples">Number of samples, n.</param>
/// <param name="TestCount">Number of test images.</param>
/// <param name="Certain">Mean probability of the classifier's answer on the samples.</param>
/// <param name="Labels">Number of samples in each class that the classifier names, without empty classes.</param>
public sealed record OriginalEvaluation(int Step, double Value, double Error, double Sigma, int Samples, int TestCount, double Certain,
    IReadOnlyList<int> Labels)
{
    /// <summary>The log density with its standard error.</summary>
    [JsonIgnore]
    public MeanWithError LogDensity => new(Value, Error);
}
