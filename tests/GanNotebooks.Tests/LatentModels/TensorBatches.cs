using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

/// <summary>Batches of the rows of a tensor.</summary>
internal sealed class TensorBatches(Tensor rows, long seed) : IBatchSource
{
    private readonly ShuffledOrder order = new("rows", (int)rows.shape[0], seed);

    public string Name => "rows";

    public IReadOnlyList<long> SampleShape => [rows.shape[1]];

    public long? SampleCount => order.Count;

    public BatchPosition Position => order.Position;

    public void Seek(BatchPosition position) => order.Seek(position);

    public Tensor Next(int batchSize)
    {
        using var index = tensor(order.Next(batchSize));
        return rows.index_select(0, index);
    }

    public void Dispose() => rows.Dispose();
}
