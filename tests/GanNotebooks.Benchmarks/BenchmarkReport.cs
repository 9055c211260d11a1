using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>Measures the steps, prints tables and collects the same numbers as JSON.</summary>
internal sealed class BenchmarkReport(int rounds, int threads, string? python)
{
    private static readonly (int Batch, int Width)[] PerceptronSizes = [(64, 128), (128, 128), (256, 128), (512, 128), (128, 32), (128, 64), (128, 256), (128, 512)];
    private static readonly (int Batch, int Width)[] ImageSizes = [(64, 64), (128, 64), (16, 64), (32, 64), (256, 64), (64, 16), (64, 32), (64, 128)];

    private readonly JsonArray cases = [];

    /// <summary>Points: two perceptrons with two hidden layers.</summary>
    public void Perceptrons()
    {
        var theirs = Theirs("mlp", PerceptronSizes);
        Console.WriteLine($"points, perceptrons, {threads} thread(s)");
        Console.WriteLine("batch width weights  textbook us   ours us   ratio   limit us  of limit   GFLOP/s  PyTorch us  ratio");
        foreach (var (batch, width) in PerceptronSizes)
        {
            var r = new StepCase(batch, width).Measure(rounds, calls: Math.Clamp(65536 / (batch * width) * 10, 3, 50));
            var other = theirs?.Times[$"mlp:{batch}:{width}"];
            Console.WriteLine($"{batch,5} {width,5} {r.Weights,7} {r.Textbook,12:F0} {r.Ours,9:F0} {r.Ratio,7:F2} {r.Limit,10:F0} {r.Fraction,9:P0} {r.GigaflopsPerSecond,9:F0} {Against(other, r.Ours)}");
            cases.Add(new JsonObject
            {
                ["model"] = "mlp", ["batch"] = batch, ["width"] = width, ["textbookMicroseconds"] = r.Textbook, ["microseconds"] = r.Ours, ["ratio"] = r.Ratio,
                ["fractionOfLimit"] = r.Fraction, ["pytorchMicroseconds"] = other,
            });
        }
    }

    /// <summary>Images: DCGAN, 28 × 28.</summary>
    public void Images()
    {
        var theirs = Theirs("dcgan", ImageSizes);
        Console.WriteLine($"images, DCGAN 28 x 28, {threads} thread(s); fresh: new noise for G (Algorithm 1), shared: ShareFakes; bf16: fresh, layers in bfloat16, against fresh");
        Console.WriteLine("batch width  textbook us  fresh us  ratio  of limit  images/s  shared us  ratio  of limit  images/s  bf16 us  ratio  GFLOP/s  PyTorch us  ratio");
        foreach (var (batch, width) in ImageSizes)
        {
            var r = new ImageStepCase(batch, width).Measure(Math.Max(8, rounds / 2));
            var other = theirs?.Times[$"dcgan:{batch}:{width}"];
            Console.WriteLine($"{batch,5} {width,5} {r.Textbook,12:F0} {r.Fresh,9:F0} {r.FreshRatio,6:F2} {r.FreshFraction,9:P0} {r.FreshRate,9:F0} {r.Shared,10:F0} {r.SharedRatio,6:F2} {r.SharedFraction,9:P0} {r.SharedRate,9:F0} {r.Rounding,8:F0} {r.RoundingRatio,6:F2} {r.GigaflopsPerSecond,8:F0} {Against(other, r.Fresh)}");
            cases.Add(new JsonObject
            {
                ["model"] = "dcgan", ["batch"] = batch, ["width"] = width, ["textbookMicroseconds"] = r.Textbook, ["microseconds"] = r.Fresh, ["ratio"] = r.FreshRatio,
                ["fractionOfLimit"] = r.FreshFraction, ["imagesPerSecond"] = r.FreshRate, ["sharedMicroseconds"] = r.Shared, ["sharedRatio"] = r.SharedRatio,
                ["sharedFractionOfLimit"] = r.SharedFraction, ["sharedImagesPerSecond"] = r.SharedRate, ["bfloat16Microseconds"] = r.Rounding, ["bfloat16Ratio"] = r.RoundingRatio, ["pytorchMicroseconds"] = other,
            });
        }
    }

    /// <summary>All that was measured.</summary>
    public string Json => new JsonObject
    {
        ["threads"] = threads,
        ["rounds"] = rounds,
        ["processors"] = Environment.ProcessorCount,
        ["torch"] = __version__,
        ["pytorch"] = pytorch,
        ["cases"] = cases,
    }.ToJsonString(new() { WriteIndented = true });

    private string? pytorch;

    private (string Version, IReadOnlyDictionary<string, double> Times)? Theirs(string model, (int Batch, int Width)[] sizes)
    {
        if (python is null)
            return null;
        var result = PyTorchStep.Measure(python, Math.Max(8, rounds / 2), threads, sizes.Select(s => $"{model}:{s.Batch}:{s.Width}"));
        pytorch = result.Version;
        return result;
    }

    private static string Against(double? theirs, double ours) => theirs is { } t ? $"{t,11:F0} {t / ours,6:F2}" : $"{"-",11} {"-",6}";
}
