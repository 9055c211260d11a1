using System.Globalization;
using System.Runtime.CompilerServices;
using GanNotebooks;
using GanNotebooks.Benchmarks;
using static TorchSharp.torch;

// dotnet run -c Release --project tests/GanNotebooks.Benchmarks -- [rounds]
// dotnet run -c Release --project tests/GanNotebooks.Benchmarks -- certified
// dotnet run -c Release --project tests/GanNotebooks.Benchmarks -- classifier mnist|fashion DIR
// dotnet run -c Release --project tests/GanNotebooks.Benchmarks -- metrics [threads]
// Step time of the trainer against the textbook TorchSharp step: same machine, same run, interleaved, medians, one thread.
RuntimeHelpers.RunModuleConstructor(typeof(Lab).Module.ModuleHandle);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
set_num_threads(1);
if (args is ["certified", ..])
{
    CertifiedCostReport.Write("out/benchmarks/certified-cost.html");
    return;
}
if (args is ["classifier", var data, var folder])
{
    ClassifierRecord.Make(data, folder);
    return;
}
if (args is ["metrics", ..])
{
    MetricsCost.Write(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2);
    return;
}
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;

Console.WriteLine("batch width weights  textbook us   ours us   ratio   limit us  of limit   GFLOP/s");
foreach (var (batch, width) in new[] { (64, 128), (128, 128), (256, 128), (512, 128), (128, 32), (128, 64), (128, 256), (128, 512) })
{
    var r = new StepCase(batch, width).Measure(rounds, calls: Math.Clamp(65536 / (batch * width) * 10, 3, 50));
    Console.WriteLine($"{batch,5} {width,5} {r.Weights,7} {r.Textbook,12:F0} {r.Ours,9:F0} {r.Ratio,7:F2} {r.Limit,10:F0} {r.Fraction,9:P0} {r.GigaflopsPerSecond,9:F0}");
}
