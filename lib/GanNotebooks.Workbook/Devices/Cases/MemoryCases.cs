using System.Text.RegularExpressions;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// Out of memory in the middle of a run: the message names the requested size, and the device works afterwards.
/// </summary>
internal static partial class MemoryCases
{
    private const long TooMany = 1L << 46; // float32 numbers: 2⁴⁸ bytes, which no device has

    public static IEnumerable<DeviceTest> All => [new DeviceTest("memory", "out of memory is said in plain words", OutOfMemory)];

    private static Finding OutOfMemory(Device device)
    {
        using var weights = new Generator(1);
        var g = new MultilayerPerceptron(2, [4], [2]).UniformFanIn(weights).to(device);
        using var trainer =
            new Trainer(new TrainingConfig { Steps = 5, BatchSize = 16 }, g, new Hungry().to(device), new RingData(device: device), device);
        string message;
        try
        {
            trainer.Run();
            message = "no exception";
        }
        catch (DeviceMemoryException error)
        {
            message = error.Message;
        }
        bool plain = Plain().IsMatch(message), works = ones([8], device: device).sum().item<float>() == 8;
        return Finding.Exactly((plain ? 0 : 1) + (works ? 0 : 1), message);
    }

    // "... Tried to allocate 262144.00 GiB", "... you tried to allocate 281474976710656 bytes"
    [GeneratedRegex(@"^Out of memory in step 2 with batches of 16\. Try half of it: a batch of 8\..*allocate [\d.]+ \w+")]
    private static partial Regex Plain();

    /// <summary>A discriminator that requests too much memory in its second step; a trial without gradients does not count.</summary>
    private sealed class Hungry : nn.Module<Tensor, Tensor>
    {
        private readonly MultilayerPerceptron inner = new(2, [4], [1]);
        private int calls;

        public Hungry() : base(nameof(Hungry)) => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            (is_grad_enabled() ? ++calls : calls) < 3 ? inner.call(input) : empty([TooMany], device: input.device);
    }
}
