using System.Globalization;
using System.Runtime.CompilerServices;
using GanNotebooks;
using GanNotebooks.Benchmarks;
using static TorchSharp.torch;

// dotnet run -c Release --project tests/GanNotebooks.Benchmarks -- [mlp|dcgan|all|sizes|certified] [--rounds N] [--threads N] [--device
// cpu|cuda] [--tf32] [--seconds N] [--python PATH] [--json FILE] Step times of the trainer against the textbook TorchSharp step: same
// machine, same run, interleaved, medians. With a Python that has torch, against eager PyTorch too (not interleaved: another process, just
// before).
// dotnet run ... -- classifier mnist|fashion DIR    trains and records a classifier
// dotnet run ... -- metrics [threads]               time of the image metrics
RuntimeHelpers.RunModuleConstructor(typeof(Lab).Module.ModuleHandle);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string what = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "all";
foreach (string counted in new[] { "--threads", "--rounds", "--seconds" })
{
    if (Option(counted) is { } text && !(int.TryParse(text, CultureInfo.InvariantCulture, out int given) && given >= 1))
    {
        Console.Error.WriteLine($"{counted} must be a whole number, 1 or larger, not '{text}'");
        return 2;
    }
}
int threads = Number("--threads", 1);
set_num_threads(threads);
if (what is "certified")
{
    CertifiedCostReport.Write("out/benchmarks/certified-cost.html");
    return 0;
}
if (args is ["classifier", var data, var folder])
{
    ClassifierRecord.Make(data, folder);
    return 0;
}
if (what is "metrics")
{
    MetricsCost.Write(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2);
    return 0;
}
if (what is not ("mlp" or "dcgan" or "all" or "sizes"))
{
    Console.Error.WriteLine($"mlp, dcgan, all, sizes, certified, metrics or classifier; not '{what}'");
    return 2;
}
bool tensorFloat32 = args.Contains("--tf32");
backends.cudnn.allow_tf32 = backends.cuda.matmul.allow_tf32 = tensorFloat32;
var place = new BenchmarkPlace(new Device(Option("--device") ?? "cpu"), Number("--rounds", 60),
    TimeSpan.FromSeconds(Number("--seconds", 600)));
var report = new BenchmarkReport(place, threads, tensorFloat32, Option("--python"), Option("--json"));
try
{
    if (what is "mlp" or "all")
        report.Perceptrons();
    if (what is "dcgan" or "all")
        report.Images();
    if (what is "sizes")
        report.Sizes();
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"the results cannot be written: {error.Message}");
    return 1;
}
if (Option("--json") is { } file)
    Console.WriteLine($"json: {file}");
return report.PyTorchFailure is null ? 0 : 1;

int Number(string name, int otherwise) => int.Parse(Option(name) ?? $"{otherwise}", CultureInfo.InvariantCulture);

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
