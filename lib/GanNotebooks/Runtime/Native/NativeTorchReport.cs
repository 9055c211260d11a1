namespace GanNotebooks.Runtime;

/// <summary>Where torch's native libraries came from.</summary>
/// <param name="Directory">Folder of TorchSharp's native library.</param>
/// <param name="LibTorchDirectory">Folder of libtorch; another one when <see cref="NativeTorch.LibTorchVariable"/> is set.</param>
/// <param name="Patched">Whether the copy patched in memory was needed (C++ runtime older than GCC 13).</param>
/// <param name="Warning">What may go wrong with a libtorch from elsewhere; null when nothing.</param>
public sealed record NativeTorchReport(string Directory, string LibTorchDirectory, bool Patched, string? Warning = null)
{
    /// <summary>Functions that TorchSharp's native library takes from libtorch and that a libtorch from elsewhere does not have; calling one ends the process.</summary>
    public IReadOnlyList<string> MissingSymbols { get; init; } = [];

    /// <summary>Whether libtorch has CUDA in it.</summary>
    public bool HasCuda => File.Exists(Path.Combine(LibTorchDirectory, OperatingSystem.IsWindows() ? "torch_cuda.dll" : "libtorch_cuda.so"));
}
