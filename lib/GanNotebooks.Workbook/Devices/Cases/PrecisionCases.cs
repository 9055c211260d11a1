using GanNotebooks.Networks;
using GanNotebooks.Studies;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>Reduced precision: TensorFloat-32, which a switch enables, and bfloat16.</summary>
internal static class PrecisionCases
{
    private const double Exact = 1e-5, TensorFloat = 5e-3; // 24 significant bits, and 11, over sums of 512 terms

    public static IEnumerable<DeviceTest> All =>
    [
        new("precision", "products with TensorFloat-32 off and on",
            device => Switched(device, backends.cuda.matmul.allow_tf32, v => backends.cuda.matmul.allow_tf32 = v,
                () => backends.cuda.matmul.allow_tf32, Product)),
        new("precision", "convolutions with TensorFloat-32 off and on",
            device => Switched(device, backends.cudnn.allow_tf32, v => backends.cudnn.allow_tf32 = v, () => backends.cudnn.allow_tf32,
                Convolution)),
        new("precision", "the recorded generator", device =>
        {
            var (z, expected, g) = Recorded();
            return new Finding(Difference(g.to(device).call(z.to(device)), expected), 1e-4,
                "root mean square of pixels in [-1, 1], against float32 on the CPU");
        }),
        new("precision", "the recorded generator in bfloat16", device =>
        {
            var (z, expected, g) = Recorded();
            return new Finding(Difference(g.to(device).InBFloat16().call(z.to(device).to(bfloat16)), expected), 0.05,
                "root mean square of pixels in [-1, 1], against float32 on the CPU");
        }),
        new("precision", "a training step in bfloat16", device =>
        {
            using var exact = TrainingCases.Images(device);
            using var rounded = TrainingCases.Images(device, n => n.InBFloat16());
            double difference =
                Math.Abs(exact.Run(until: 1).History[0].DiscriminatorLoss - rounded.Run(until: 1).History[0].DiscriminatorLoss);
            bool goesOn = rounded.Run().History.All(r => double.IsFinite(r.DiscriminatorLoss) && double.IsFinite(r.GeneratorLoss));
            return new Finding(goesOn ? difference : double.NaN, 0.02, "loss of D after one step, against float32; eight steps were made");
        }),
    ];

    private static (Tensor Noise, Tensor Images, DcganGenerator Generator) Recorded()
    {
        var recorded = Pretrained.MnistDcgan();
        var z = recorded.Noise(64, 2014);
        return (z, recorded.Generator.call(z).detach(), recorded.Generator);
    }

    private static double Difference(Tensor images, Tensor expected) =>
        (images.detach().to(float32).cpu() - expected).square().mean().sqrt().item<float>();

    private static Finding Switched(Device device, bool before, Action<bool> set, Func<bool> get, Func<Tensor, Tensor> compute)
    {
        var x = randn([512, 512], generator: new Generator(3));
        var expected = compute(x.to(float64));
        double With(bool allowed)
        {
            set(allowed);
            return get() == allowed ? Differences.Relative([compute(x.to(device))], [expected]) : double.NaN;
        }
        try
        {
            double off = With(false), on = With(true);
            string seen = on > 3 * off ? "this device rounds when it may" : "the switch changes nothing on this device";
            return new Finding(Math.Max(off / Exact, on / TensorFloat), 1,
                $"relative to float64: off {off:0.0E0} (at most {Exact:0E0}), on {on:0.0E0} (at most {TensorFloat:0E0}); {seen}. The "
                    + "difference is in units of these");
        }
        finally
        {
            set(before);
        }
    }

    private static Tensor Product(Tensor x) => x.mm(x.t());

    private static Tensor Convolution(Tensor x) =>
        nn.functional.conv2d(x.view(16, 64, 16, 16), x.narrow(0, 0, 128).reshape(64, 64, 4, 4), null!, [2, 2], [1, 1]);
}
