using System.Text.RegularExpressions;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Doctor;

/// <summary>Checks that the CUDA driver and package fit each other, and explains why a GPU stays idle.</summary>
internal static partial class CudaChecks
{
    private const string Name = "CUDA", Build = "dotnet build -c Release -p:TorchBackend=cuda";

    public static Diagnosis Cuda()
    {
        try
        {
            var report = NativeTorch.Load();
            string said = ShellCommand.Ask("nvidia-smi") ?? "";
            return Explain(report.HasCuda, TorchSharp.torch.cuda.is_available(), Match(DriverVersion(), said), Match(CudaVersion(), said),
                Package(report.LibTorchDirectory));
        }
        catch (Exception error) when (error is TorchLoadException or TypeInitializationException or DllNotFoundException)
        {
            return Diagnosis.Error(Name, "torch does not load", "See torch, above.");
        }
    }

    /// <param name="package">Whether libtorch has CUDA in it.</param>
    /// <param name="works">Whether torch sees a device.</param>
    /// <param name="driver">Version of the NVIDIA driver; null when there is none.</param>
    /// <param name="driverCuda">The newest CUDA that the driver knows.</param>
    /// <param name="packageCuda">The CUDA that libtorch was built for; null when unknown.</param>
    internal static Diagnosis Explain(bool package, bool works, string? driver, string? driverCuda, string? packageCuda)
    {
        string found =
            $"driver {driver ?? "none"}{(driverCuda is null ? "" : $" (CUDA {driverCuda})")}, libtorch "
                + $"{(package ? $"for CUDA {packageCuda}".Trim() : "for the CPU")}";
        return (package, works, driver) switch
        {
            (_, true, _) => Diagnosis.Good(Name, found),
            (false, _, null) => Diagnosis.Optional(Name, found, "Everything runs on the CPU."),
            (false, _, _) => Diagnosis.Optional(Name, found,
                $"There is an NVIDIA driver. To use its GPU: {Build}, or --libtorch with the lib folder of a Python torch."),
            (true, _, null) =>
                Diagnosis.Warning(Name, found,
                    "libtorch has CUDA in it, but there is no NVIDIA driver (nvidia-smi fails): install it, in a container start with "
                        + "the GPU passed through, or build for the CPU: dotnet build -c Release."),
            (true, _, _) when TooOld(driverCuda, packageCuda) =>
                Diagnosis.Warning(Name, found,
                    $"The driver is too old: it knows CUDA {driverCuda}, libtorch needs {packageCuda}. Update the driver, or take a "
                        + $"libtorch for CUDA {driverCuda} with --libtorch."),
            (true, _, _) =>
                Diagnosis.Warning(Name, found,
                    "Driver and libtorch fit, but torch sees no device: look at CUDA_VISIBLE_DEVICES, and at nvidia-smi for a device in "
                        + "an error state."),
        };
    }

    // An older driver of the same major version works (CUDA's minor version compatibility).
    private static bool TooOld(string? driver, string? package) =>
        Version.TryParse(driver, out var has) && Version.TryParse(package, out var needs) && has.Major < needs.Major;

    // The runtime library carries its version in its name: libcudart.so.12, libcudart-0a1b2c3d.so.12, cudart64_12.dll.
    private static string? Package(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*cudart*").Select(f => Match(RuntimeName(), Path.GetFileName(f)))
            .FirstOrDefault(v => v is not null) is { } major ? $"{major}.0" : null
        : null;

    private static string? Match(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"Driver Version:\s*([\d.]+)")]
    private static partial Regex DriverVersion();

    [GeneratedRegex(@"CUDA Version:\s*([\d.]+)")]
    private static partial Regex CudaVersion();

    [GeneratedRegex(@"(?:\.so\.|cudart64_)(\d{2})")]
    private static partial Regex RuntimeName();
}
