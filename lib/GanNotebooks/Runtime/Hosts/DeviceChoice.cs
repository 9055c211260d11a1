using TorchSharp;

namespace GanNotebooks.Runtime;

/// <summary>The device that torch computes on, and why.</summary>
/// <param name="Device">The device.</param>
/// <param name="Reason">The reason, in one plain sentence.</param>
public sealed record DeviceChoice(torch.Device Device, string Reason)
{
    /// <summary>Chooses a device.</summary>
    /// <param name="wanted">The CPU unless CUDA is asked for; <see cref="DeviceOption.Auto"/> takes CUDA when it is there.</param>
    /// <exception cref="InvalidOperationException">CUDA was requested but is not available; the message says what to do.</exception>
    public static DeviceChoice For(DeviceOption wanted)
    {
        var (cuda, reason) = Choose(wanted, torch.cuda.is_available);
        return new DeviceChoice(cuda ? torch.CUDA : torch.CPU, reason);
    }

    /// <summary>The choice itself, with the question "is there CUDA?" passed in.</summary>
    internal static (bool Cuda, string Reason) Choose(DeviceOption wanted, Func<bool> cudaIsAvailable) => wanted switch
    {
        DeviceOption.Cpu => (false, "the CPU (as asked for)"),
        DeviceOption.Cuda when cudaIsAvailable() => (true, "CUDA (as asked for)"),
        DeviceOption.Cuda => throw new InvalidOperationException(
            "CUDA was asked for, but this torch sees no CUDA device. Build with -p:TorchBackend=cuda on a machine with an NVIDIA driver, " +
            $"or point {NativeTorch.LibTorchVariable} at a CUDA libtorch; or use --device cpu."),
        DeviceOption.Auto when cudaIsAvailable() => (true, "CUDA (there is a CUDA device)"),
        DeviceOption.Auto => (false, "the CPU (this torch sees no CUDA device)"),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "unknown device"),
    };
}
