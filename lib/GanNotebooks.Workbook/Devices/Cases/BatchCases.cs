using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>Prefetched batches, in pinned memory on the way to a GPU, equal the source's batches bit for bit.</summary>
internal static class BatchCases
{
    private const int Size = 48, Many = 12;

    public static IEnumerable<DeviceTest> All =>
    [
        Test("points drawn ahead", device => SameAs(new RingData(seed: 4), new PrefetchedBatches(new RingData(seed: 4), device))),
        Test("digits drawn ahead",
            device => SameAs(new ShuffledBatches(Mnist.Test().Take(100), 4),
                new PrefetchedBatches(new ShuffledBatches(Mnist.Test().Take(100), 4), device))),
        Test("stacked digits, as the trainer gets them",
            device => SameAs(new StackedMnist(Mnist.Test(), 4), DeviceBatches.Of(new StackedMnist(Mnist.Test(), 4), device))),
        Test("coloured digits", device => SameAs(new ColouredDigits(Mnist.Test(), 4), new ColouredDigits(Mnist.Test(), 4, device: device))),
        Test("outlines", device => SameAs(new OutlinedImages(Mnist.Test(), 4), new OutlinedImages(Mnist.Test(), 4, device: device))),
        Test("captioned digits", device => SameAs(new CaptionedDigits(Mnist.Test(), 4), new CaptionedDigits(Mnist.Test(), 4, device))),
        Test("the whole set on the device",
            device => SameAs(new ShuffledBatches(Mnist.Test(), 4), DeviceBatches.Of(Mnist.Test(), 4, device))),
        Test("rows of a tensor, as a reader's own images", device => SameAs(Rows(CPU), Rows(device))),
        Test("a source that seeks", device =>
        {
            using var plain = new RingData(seed: 4);
            using var ahead = new PrefetchedBatches(new RingData(seed: 4), device);
            var start = ahead.Position;
            var first = ahead.Next(Size);
            ahead.Next(Size).Dispose();
            ahead.Seek(start);
            return Finding.Exactly(Differences.Bytes([first], [ahead.Next(Size)]) + Differences.Bytes([first], [plain.Next(Size)]));
        }),
        Test("a generator that only draws data",
            device => SameAs(new RingData(seed: 4), new RingData(seed: 4, device: device),
                source => new FixedGenerator(source).call(zeros(Size, 1, device: device)))) with { Covers = [typeof(FixedGenerator)] },
        Test("pinned memory", device =>
        {
            var batch = randn([Size, 784], generator: new Generator(1));
            var pinned = batch.pin_memory();
            return Finding.Exactly(Differences.Bytes([batch], [pinned.to(device, non_blocking: true)]) + (pinned.is_pinned() ? 0 : 1));
        }) with { NeedsGpu = true },
    ];

    private static DeviceTest Test(string name, Func<Device, Finding> run) => new("batches", name, run);

    private static TensorBatches Rows(Device device)
    {
        using var bytes = arange(0, 100 * 3 * 64).remainder(251).to(ScalarType.Byte).view(100, 3, 8, 8);
        return new TensorBatches(bytes, 4, device: device);
    }

    private static Finding SameAs(IBatchSource plain, IBatchSource tested, Func<IBatchSource, Tensor>? next = null)
    {
        using (plain)
        using (tested)
        {
            long differing = 0;
            for (int i = 0; i < Many; i++)
            {
                differing += Differences.Bytes([plain.Next(Size)], [next?.Invoke(tested) ?? tested.Next(Size)])
                    + (plain.Position == tested.Position ? 0 : 1);
            }

            return Finding.Exactly(differing, $"{Many} batches of {Size}");
        }
    }
}
