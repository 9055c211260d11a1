using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="ClassStudy"/>. It holds plain numbers and some images.</summary>
/// <param name="Method">One of <see cref="ClassStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and order.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="Trajectory">Evaluations during the run; the last entry is at the end.</param>
/// <param name="Images">Samples of the averaged generator at the end, ten of each class in turn, [100, 28, 28] bytes in base 64.</param>
/// <param name="TrainedOnSamples">Accuracy on real test images of a classifier that was trained on 10,000 samples (the classification
/// accuracy score of Ravuri and Vinyals 2019); NaN where it was not computed.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedClasses(string Method, int Seed, int Steps, IReadOnlyList<ClassEvaluation> Trajectory, string Images,
    double TrainedOnSamples, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedClasses, ClassEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "class-conditional";

    private const int ImageSide = 28;

    /// <summary>The evaluation at the end of the run.</summary>
    public ClassEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository, ordered by method and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedClasses> All() =>
        [.. Of(Study).OrderBy(r => ClassStudy.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>Returns the recorded samples, [100, 1, 28, 28] in [−1, 1]. The caller disposes them.</summary>
    public Tensor Samples()
    {
        using var scope = NewDisposeScope();
        byte[] bytes = Convert.FromBase64String(Images);
        return ImageTensors.FromBytes(tensor(bytes, dtype: uint8).view(-1, 1, ImageSide, ImageSide)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Loads the averaged generator that the first run of a method produced: noise [N, 64] and classes [N, 10] to images [N, 1, 28, 28].
    /// Stored as bfloat16, returned as float32, in evaluation mode. The caller disposes it.
    /// </summary>
    /// <param name="method"><see cref="ClassStudy.Projection"/> or <see cref="ClassStudy.Garments"/>.</param>
    /// <exception cref="InteropException">The weights are missing or damaged, or the repository does not hold them.</exception>
    public static ConditionalNetwork Generator(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        string folder = Path.Combine(DataFolder.Find(), "pretrained", Study);
        var generator = ClassStudy.Networks(method, seed: 1).Generator;
        try
        {
            RecordedWeights.Load(generator, folder, ClassStudy.FileName(method), RecordedWeights.Record(folder));
        }
        catch
        {
            generator.Dispose();
            throw;
        }
        generator.eval();
        return generator;
    }
}

/// <summary>One evaluation of a <see cref="RecordedClasses"/>: 10,000 samples of the averaged generator, 1,000 of each class.</summary>
/// <param name="Step">Number of updates of G so far.</param>
/// <param name="Agreement">Share of samples in which the recorded LeNet sees the class that was asked for.</param>
/// <param name="Permuted">The same after a random permutation of the requests.</param>
/// <param name="VarianceRatios">Variance within each class, divided by that of the training images.</param>
/// <param name="Frechet">Fréchet distance to the test images, in features of the recorded LeNet.</param>
public sealed record ClassEvaluation(
    int Step, double Agreement, double Permuted, IReadOnlyList<double> VarianceRatios, double Frechet);
