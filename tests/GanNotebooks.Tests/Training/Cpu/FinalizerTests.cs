namespace GanNotebooks.Tests.Training;

/// <summary>
/// Some calls of TorchSharp leave an object for .NET's finalizer: <c>tensor.shape</c>, a number that becomes a <c>Scalar</c>,
/// <c>item</c>. Each costs little. Fifty in a step once stopped the training for an eighth of a second, every second, in the garbage
/// collector.
/// </summary>
public sealed class FinalizerTests
{
    private const int Warm = 20, Steps = 300;

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 25)]
    public void Run_Steps_LeaveFewObjectsForTheFinalizer(bool plain, int most)
    {
        using var trainer = TinyRun.Create(TinyRun.Config with { Steps = Warm + Steps, RecordEvery = 100 }, plain);
        trainer.Run(until: Warm);
        LiveTensors.Settled();
        trainer.Run();
        GC.Collect();
        Assert.InRange(GC.GetGCMemoryInfo(GCKind.FullBlocking).FinalizationPendingCount / (double)Steps, 0, most);
    }
}
