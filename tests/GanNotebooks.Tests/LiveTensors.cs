using static TorchSharp.torch;

namespace GanNotebooks.Tests;

/// <summary>Counts live tensors, for tests that something leaves none behind.</summary>
internal static class LiveTensors
{
    /// <summary>
    /// The count after what earlier tests dropped is gone: otherwise it would go at any moment, and the count would fall.
    /// </summary>
    public static long Settled()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }
}
