using GanNotebooks.Interop;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>Reads a file that may be hostile and asserts what must hold whatever is in it.</summary>
internal static class Limits
{
    private const long MemoryBeyondFile = 64L << 20, ElementsToCompare = 1 << 20;
    private const double Seconds = 2, SecondsOnABusyMachine = 20;
    private const int LongestMessage = 4000;

    /// <summary>Reads; the refusal, or null when the file was accepted and survived being written and read again.</summary>
    public static InteropException? Read(string file, Func<string, IReadOnlyDictionary<string, Tensor>> read)
    {
        using var scope = NewDisposeScope();
        long allocated = GC.GetAllocatedBytesForCurrentThread(), length = new FileInfo(file).Length;
        var (started, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        InteropException? refusal = null;
        IReadOnlyDictionary<string, Tensor>? tensors = null;
        try
        {
            tensors = read(file);
        }
        catch (InteropException e)
        {
            refusal = e;
        }
        // Processor time: other processes may hold up this one for longer than it works.
        Assert.InRange((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 0, Seconds);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, SecondsOnABusyMachine);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, length + MemoryBeyondFile);
        if (tensors is not null)
            AssertWritable(tensors);
        if (refusal is null)
            return null;
        Assert.Equal(file, refusal.File);
        Assert.StartsWith(file + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Reason.Length, 10, LongestMessage);
        return refusal;
    }

    private static void AssertWritable(IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (tensors.Values.Sum(t => (double)t.numel()) > ElementsToCompare)
            return; // a view may repeat one number as often as it likes
        using var stream = new MemoryStream();
        PyTorchCheckpoint.Write(stream, tensors, leaveOpen: true);
        SampleTensors.AssertSame(tensors, PyTorchCheckpoint.Read(stream));
    }
}
