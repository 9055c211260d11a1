using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Doctor;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>The parts of the GPU kit that use torch. Each runs in its own process and reports to the kit in lines of JSON.</summary>
internal static class KitChild
{
    public static JsonSerializerOptions Wire { get; } = new(JsonSerializerDefaults.Web);

    public static int Run(string part, bool cuda, int skip, TextWriter output) => part switch
    {
        "natives" => Natives(cuda, output),
        "tests" => Tests(cuda, skip, output),
        _ => throw new ArgumentException($"the parts are natives and tests, not '{part}'", nameof(part)),
    };

    private static int Natives(bool cuda, TextWriter output)
    {
        NativeTorchReport report;
        try
        {
            report = NativeTorch.Load();
        }
        catch (TorchLoadException error)
        {
            output.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        bool available = TorchSharp.torch.cuda.is_available();
        var diagnosis = CudaChecks.Cuda();
        output.WriteLine(new JsonObject
        {
            ["libtorch"] = LibTorchVersion.Of(report.LibTorchDirectory)
                ?? (report.LibTorchDirectory == report.Directory ? LibTorchVersion.Expected + " (the package's own)" : "unknown"),
            ["TorchSharp was built for"] = LibTorchVersion.Expected,
            ["CUDA in libtorch"] = report.HasCuda,
            ["CUDA devices"] = available ? TorchSharp.torch.cuda.device_count() : 0,
            ["cuDNN"] = available && TorchSharp.torch.cuda.is_cudnn_available(),
            ["CUDA"] = $"{diagnosis.Found}. {diagnosis.Remedy}".Trim(),
            ["patched in memory for an older libstdc++"] = report.Patched,
            ["warning"] = report.Warning,
            ["missing functions"] = new JsonArray([.. report.MissingSymbols.Take(20).Select(s => (JsonNode)s)]),
        }.ToJsonString());
        if (report.MissingSymbols.Count > 0 || cuda && !available)
        {
            output.WriteLine(report.MissingSymbols.Count > 0 ? report.Warning : $"this torch sees no CUDA device. {diagnosis.Remedy}");
            return ExitCode.Failed;
        }
        using var product = ones([64, 64], device: cuda ? CUDA : CPU).mm(ones([64, 64], device: cuda ? CUDA : CPU));
        return product.sum().item<float>() == 64 * 64 * 64 ? ExitCode.Success : ExitCode.Failed;
    }

    private static int Tests(bool cuda, int skip, TextWriter output)
    {
        int failed = 0;
        void Say(string kind, object value)
        {
            output.WriteLine(new JsonObject { [kind] = JsonSerializer.SerializeToNode(value, Wire) }.ToJsonString());
            output.Flush();
        }
        try
        {
            NativeTorch.Load(); // if TorchSharp loaded first, it would search for libtorch and copy it
            DeviceSuite.Run(cuda, skip, (group, name) => Say("begin", new { group, name }), result =>
            {
                failed += result.Passed ? 0 : 1;
                Say("end", result);
            });
            Say("done", failed);
        }
        catch (Exception error) when (error is TorchLoadException or InvalidOperationException)
        {
            output.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        return failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
