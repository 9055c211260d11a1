using System.Globalization;
using System.Runtime.CompilerServices;
using GanNotebooks;
using GanNotebooks.Benchmarks;
using static TorchSharp.torch;

// dotnet run -c Release --project tests/GanNotebooks.Benchmarks -- [mlp|dcgan|all|certified] [--rounds N] [--threads N] [--python PATH] [--json FILE]
// Step times of the trainer against the textbook TorchSharp step: same machine, same run, interleaved, medians. With a Python that has torch, against eager
// PyTorch too (not interleaved: another process, just before).
// dotnet run ... -- classifier mnist|fashion DIR    trains and records a classifier
// dotnet run ... -- metrics [threads]               time of the image metrics
RuntimeHelpers.RunModuleConstructor(typeof(Lab).Module.ModuleHandle);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string what = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "all";
int threads = int.Parse(Option("--threads") ?? "1", CultureInfo.InvariantCulture);
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
if (what is not ("mlp" or "dcgan" or "all"))
{
    Console.Error.WriteLine($"mlp, dcgan, all, certified, metrics or classifier; not '{what}'");
    return 2;
}
var report = new BenchmarkReport(int.Parse(Option("--rounds") ?? "60", CultureInfo.InvariantCulture), threads, Option("--python"));
if (what is "mlp" or "all")
    report.Perceptrons();
if (what is "dcgan" or "all")
    report.Images();
if (Option("--json") is { } file)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
    File.WriteAllText(file, report.Json);
    Console.WriteLine($"json: {file}");
}
return 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
