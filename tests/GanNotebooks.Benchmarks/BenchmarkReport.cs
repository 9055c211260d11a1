using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>Measures the steps, prints tables and collects the same numbers as JSON.</summary>
/// <param name="place">Device, rounds and their limit.</param>
/// <param name="threads">Threads of torch on the CPU.</param>
/// <param name="tensorFloat32">Whether products on a GPU may round their inputs, in PyTorch too.</param>
/// <param name="python">A Python that has torch; null for none.</param>
/// <param name="file">Where the numbers go, after each case; null for nowhere.</param>
internal sealed class BenchmarkReport(BenchmarkPlace place, int threads, bool tensorFloat32, string? python, string? file)
{
    private static readonly (int Batch, int Width)[] PerceptronSizes =
        [(64, 128), (128, 128), (256, 128), (512, 128), (128, 32), (128, 64), (128, 256), (128, 512)];
    private static readonly (int Batch, int Width)[] ImageSizes =
        [(64, 64), (128, 64), (16, 64), (32, 64), (256, 64), (64, 16), (64, 32), (64, 128)];

    private readonly JsonArray cases = [];
    private string? pytorch; // its version

    /// <summary>What Python said when it did not time the steps; null when it did, or was not asked.</summary>
    public string? PyTorchFailure { get; private set; }

    /// <summary>
    /// One set of cases for every kind of device: perceptrons, and DCGAN for the three sides; larger batches on a GPU, which smaller ones
    /// do not fill.
    /// </summary>
    public void Sizes()
    {
        bool gpu = place.Device.type != TorchSharp.DeviceType.CPU;
        Perceptrons([(128, 128), (512, 512)]);
        Images([.. from size in new[] { 28, 32, 64 } from batch in gpu ? new[] { 64, 256 } : [64]
            select new ImageStepCase(batch, 64, size)]);
    }

    /// <summary>Points: two perceptrons with two hidden layers.</summary>
    public void Perceptrons() => Perceptrons(PerceptronSizes);

    /// <summary>Images: DCGAN, 28 × 28.</summary>
    public void Images() => Images([.. ImageSizes.Select(s => new ImageStepCase(s.Batch, s.Width))]);

    private void Perceptrons((int Batch, int Width)[] sizes)
    {
        var theirs = Theirs(sizes.Select(s => $"mlp:{s.Batch}:{s.Width}"));
        Console.WriteLine($"points, perceptrons, {Where}");
        Console.WriteLine("limit: the matrix products of a step alone, at the rate of torch's own product of that size. "
            + "More than 100 % of it: the products of this library are faster than torch's.");
        Console.WriteLine("batch width weights  textbook us   ours us   ratio   limit us  of limit   GFLOP/s  PyTorch us  ratio");
        foreach (var (batch, width) in sizes)
        {
            var r = new StepCase(batch, width).Measure(place, calls: Math.Clamp(65536 / (batch * width) * 10, 3, 50));
            double? other = theirs?[$"mlp:{batch}:{width}"];
            Console.WriteLine(
                $"{batch,5} {width,5} {r.Weights,7} {r.Textbook,12:F0} {r.Ours,9:F0} {r.Ratio,7:F2} {r.Limit,10:F0} {r.Fraction,9:P0} "
                    + $"{r.GigaflopsPerSecond,9:F0} {Against(other, r.Ours)}");
            cases.Add(new JsonObject
            {
                ["model"] = "mlp", ["batch"] = batch, ["width"] = width, ["textbookMicroseconds"] = r.Textbook, ["microseconds"] = r.Ours,
                ["ratio"] = r.Ratio,
                ["fractionOfLimit"] = r.Fraction, ["pytorchMicroseconds"] = other,
            });
            Write();
        }
    }

    private void Images(ImageStepCase[] sizes)
    {
        var theirs = Theirs(sizes.Select(Name));
        Console.WriteLine(
            $"images, DCGAN, {Where}; fresh: new noise for G (Algorithm 1), shared: ShareFakes; bf16: fresh, layers in bfloat16, "
                + "against fresh; limit: the products of a step at the rate of the largest layer's convolution, which batches of the "
                + "other layers may exceed");
        Console.WriteLine(
            "side batch width  textbook us  fresh us  ratio  of limit  images/s  shared us  ratio  of limit  images/s  bf16 us  ratio  "
                + "GFLOP/s  PyTorch us  ratio");
        foreach (var size in sizes)
        {
            var r = size.Measure(place with { Rounds = Math.Max(8, place.Rounds / 2) });
            double? other = theirs?[Name(size)];
            var (batch, width, side) = size;
            Console.WriteLine(
                $"{side,4} {batch,5} {width,5} {r.Textbook,12:F0} {r.Fresh,9:F0} {r.FreshRatio,6:F2} {r.FreshFraction,9:P0} "
                    + $"{r.FreshRate,9:F0} {r.Shared,10:F0} {r.SharedRatio,6:F2} {r.SharedFraction,9:P0} {r.SharedRate,9:F0} "
                        + $"{r.Rounding,8:F0} {r.RoundingRatio,6:F2} {r.GigaflopsPerSecond,8:F0} {Against(other, r.Fresh)}");
            cases.Add(new JsonObject
            {
                ["model"] = "dcgan", ["size"] = side, ["batch"] = batch, ["width"] = width, ["textbookMicroseconds"] = r.Textbook,
                ["microseconds"] = r.Fresh, ["ratio"] = r.FreshRatio,
                ["fractionOfLimit"] = r.FreshFraction, ["imagesPerSecond"] = r.FreshRate, ["sharedMicroseconds"] = r.Shared,
                ["sharedRatio"] = r.SharedRatio,
                ["sharedFractionOfLimit"] = r.SharedFraction, ["sharedImagesPerSecond"] = r.SharedRate,
                ["bfloat16Microseconds"] = r.Rounding, ["bfloat16Ratio"] = r.RoundingRatio, ["pytorchMicroseconds"] = other,
            });
            Write();
        }
    }

    private string Where => $"{place.Device}, {threads} thread(s){(tensorFloat32 ? ", TensorFloat-32" : "")}";

    private static string Name(ImageStepCase size) => $"dcgan:{size.Batch}:{size.Width}:{size.Size}";

    private void Write()
    {
        if (file is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var json = new JsonObject
        {
            ["device"] = place.Device.ToString(), ["threads"] = threads, ["rounds"] = place.Rounds,
            ["processors"] = Environment.ProcessorCount, ["tf32"] = tensorFloat32,
            ["torch"] = __version__, ["pytorch"] = pytorch, ["pytorchFailure"] = PyTorchFailure, ["cases"] = cases.DeepClone(),
        };
        File.WriteAllText(file, json.ToJsonString(new() { WriteIndented = true }));
    }

    private IReadOnlyDictionary<string, double>? Theirs(IEnumerable<string> sizes)
    {
        if (python is null)
            return null;
        try
        {
            (pytorch, var times) =
                PyTorchStep.Measure(python, place with { Rounds = Math.Max(8, place.Rounds / 2) }, threads, tensorFloat32, sizes);
            return times;
        }
        catch (InvalidOperationException error)
        {
            PyTorchFailure = error.Message;
            Console.Error.WriteLine(error.Message);
            return null;
        }
    }

    private static string Against(double? theirs, double ours) => theirs is { } t ? $"{t,11:F0} {t / ours,6:F2}" : $"{"-",11} {"-",6}";
}
