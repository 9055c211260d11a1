using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// Seeds: the library draws on the CPU, so every device gets the same numbers; torch's own generator on the device is repeatable.
/// </summary>
internal static class RandomCases
{
    private const int Seed = 2014, Count = 10_000;

    // Seed 2014, purpose 1, batch 0: computed once with libtorch 2.10 on x86-64. Another libtorch must draw the same.
    private static readonly float[] Normal = [1.4187081f, 0.6572768f, 1.4906918f, 0.24832717f];
    private static readonly float[] Uniform = [0.01726234f, -0.80391526f, -0.5736327f, -0.5052414f];

    public static IEnumerable<DeviceTest> All =>
    [
        Test("normal noise, recorded numbers", device => Recorded(NoiseKind.Normal, Normal, 1e-6, device)),
        Test("uniform noise, recorded numbers", device => Recorded(NoiseKind.Uniform, Uniform, 0, device)),
        Test("noise is the CPU's", device => Finding.Exactly(Differences.Bytes([Batch(device, 3)], [Batch(CPU, 3)]))),
        Test("a batch of noise does not depend on those before it", device =>
        {
            using var source = new NoiseSource(NoiseKind.Normal, 100, Seed, 1, device);
            for (int i = 0; i < 3; i++)
                source.Batch(i, 64).Dispose();
            return Finding.Exactly(Differences.Bytes([source.Batch(3, 64)], [Batch(device, 3)]));
        }),
        Test("starting weights are the CPU's", device => Finding.Exactly(Differences.Bytes(
            Differences.Of(new DcganGenerator(28, 1, 5, 4).to(device).Dcgan(new Generator(1))),
            Differences.Of(new DcganGenerator(28, 1, 5, 4).Dcgan(new Generator(1)))))),
        Test("torch's own numbers repeat", Repeated),
        Test("order of the data is the CPU's", device =>
        {
            var digits = Mnist.Test().Take(500);
            using var there = new ShuffledBatches(digits, Seed, device: device);
            using var here = new ShuffledBatches(digits, Seed);
            return Finding.Exactly(Enumerable.Range(0, 9).Sum(_ => Differences.Bytes([there.Next(64)], [here.Next(64)])),
                "nine batches of 64, over the end of an epoch");
        }),
    ];

    private static DeviceTest Test(string name, Func<Device, Finding> run) => new("seeds", name, run);

    private static Tensor Batch(Device device, int index)
    {
        using var source = new NoiseSource(NoiseKind.Normal, 100, Seed, 1, device);
        return source.Batch(index, 64);
    }

    private static Finding Recorded(NoiseKind kind, float[] expected, double tolerance, Device device)
    {
        using var source = new NoiseSource(kind, expected.Length, Seed, 1, device);
        float[] drawn = source.Batch(0, 1).cpu().data<float>().ToArray();
        return new Finding(drawn.Zip(expected).Max(pair => Math.Abs(pair.First - (double)pair.Second)), tolerance,
            string.Join(", ", drawn.Select(v => v.ToString("R", null))));
    }

    // Same seed, same bits; another seed, others; mean and deviation within five standard errors of 0 and 1.
    private static Finding Repeated(Device device)
    {
        Tensor Draw(long seed)
        {
            manual_seed(seed);
            return randn([Count], device: device);
        }
        var (first, again, other) = (Draw(1), Draw(1), Draw(2));
        double mean = Math.Abs(first.mean().item<float>()) * Math.Sqrt(Count),
            deviation = Math.Abs(first.std().item<float>() - 1) * Math.Sqrt(2.0 * Count);
        bool likely = mean < 5 && deviation < 5 && Differences.Bytes([first], [other]) > Count;
        return Finding.Exactly(Differences.Bytes([first], [again]) + (likely ? 0 : 1),
            $"mean {mean:F2} and deviation {deviation:F2} standard errors off");
    }
}
