using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// Every penalty and regulariser: value and gradients by the discriminator's parameters, in float32 on the device against float64 on the
/// CPU.
/// </summary>
internal static class PenaltyCases
{
    private const double Tolerance = 1e-4; // float32 through two backward passes
    private const double Weight = 10, Clip = 0.05, Step = 1e-5;
    private const int Batch = 32;

    public static IEnumerable<DeviceTest> All =>
    [
        Penalty("R1", ZeroCenteredGradientPenalty.R1(Weight), Points(1), Points(2)),
        Penalty("R2", ZeroCenteredGradientPenalty.R2(Weight), Points(1), Points(2)),
        Penalty("R1 and R2", ZeroCenteredGradientPenalty.Both(Weight), Points(1), Points(2)),
        // These two draw numbers that depend on the precision. With equal data and fakes, or with constant data, the draws do not matter.
        Penalty("gradient penalty, data = fakes", new GradientPenalty(), Points(1), Points(1)),
        Penalty("DRAGAN, all data equal", new DraganPenalty(), full([Batch, 2], 0.7), Points(2)),
        Drawn("gradient penalty, same draws", new GradientPenalty()),
        Drawn("DRAGAN, same draws", new DraganPenalty()),
        Covering("consensus term", typeof(ConsensusTerm), device => Relative(device, Consensus)),
        Covering("gradient by the input, against differences", typeof(InputGradient), AgainstDifferences),
        Covering("instance noise, same draws", typeof(InstanceNoise), device => Finding.Exactly(Differences.Bytes(
            [InstanceNoise.Add(Points(1).to(device), 0.3, new Generator(4))], [InstanceNoise.Add(Points(1), 0.3, new Generator(4))]))),
        Covering("augmentation, same draws", typeof(Augmentation), device => Finding.Exactly(Differences.Bytes(
            Augmented(device), Augmented(CPU)))),
        Covering("packing", typeof(Packing),
            device => Finding.Exactly(Differences.Bytes([Packing.Pack(Points(1).to(device), 2)], [Points(1).view(Batch / 2, 4)]),
                "against the same memory read as pairs")),
        Covering("weight clipping", typeof(WeightClipping), Clipping),
        Paired(PairDistance.L1),
        Paired(PairDistance.L2),
        Matching(),
    ];

    private static DeviceTest Covering(string name, Type type, Func<Device, Finding> run) =>
        new("penalties", name, run) { Covers = [type] };

    // Value and gradient by the generated samples.
    private static DeviceTest Paired(PairDistance norm) => new("penalties", $"distance to the paired sample, {norm}", device =>
    {
        List<Tensor> On(Device place, ScalarType precision)
        {
            var made = Points(1).to(precision).to(place).detach().requires_grad_(true);
            var value = new ReconstructionTerm(Weight, norm).Value(made, Points(2).to(precision).to(place));
            return [value, autograd.grad([value], [made])[0]];
        }
        return new Finding(Differences.Relative(On(device, float32), On(CPU, float64)), Tolerance,
            "relative, float32 against float64 on the CPU");
    })
    { Covers = [typeof(ReconstructionTerm), typeof(PairDistance)] };

    // Value and gradient by the samples; scores are inner products.
    private static DeviceTest Matching() => new("penalties", "matching of samples and conditions", device =>
    {
        List<Tensor> On(Device place, ScalarType precision)
        {
            var made = Points(1).to(precision).to(place).detach().requires_grad_(true);
            var given = Points(2).to(precision).to(place);
            var value = new MatchingTerm(Weight).Value(made.matmul(given.t()), given);
            return [value, autograd.grad([value], [made])[0]];
        }
        return new Finding(Differences.Relative(On(device, float32), On(CPU, float64)), Tolerance,
            "relative, float32 against float64 on the CPU");
    })
    { Covers = [typeof(MatchingTerm)] };

    private static DeviceTest Penalty(string name, IDiscriminatorPenalty penalty, Tensor real, Tensor fake) => Covering(
        name, penalty.GetType(),
        device => Relative(device, (d, cast) => WithGradients(d, penalty.Value(d.call, cast(real), cast(fake), new Generator(4)))));

    private static DeviceTest Drawn(string name, IDiscriminatorPenalty penalty) => Covering(name, penalty.GetType(), device =>
    {
        List<Tensor> On(Device place)
        {
            var d = Discriminator().to(place);
            return WithGradients(d, penalty.Value(d.call, Points(1).to(place), Points(2).to(place), new Generator(4)));
        }
        return new Finding(Differences.Relative(On(device), On(CPU)), Tolerance, "relative, float32 against float32 on the CPU");
    });

    // The images and the gradient that comes back to them.
    private static List<Tensor> Augmented(Device device)
    {
        var images = rand([Batch, 1, 8, 8], generator: new Generator(5)).to(device).requires_grad_(true);
        var changed = new Augmentation { Translation = 0.25, Cutout = 0.5 }.Apply(images, 0.7, new Generator(4));
        return [changed, autograd.grad([(changed * changed).sum()], [images])[0]];
    }

    private static Finding Relative(Device device, Func<MultilayerPerceptron, Func<Tensor, Tensor>, List<Tensor>> compute) => new(
        Differences.Relative(compute(Discriminator().to(device), t => t.to(device)),
            compute(Discriminator().to(float64), t => t.to(float64))),
        Tolerance, "relative, float32 against float64 on the CPU");

    private static List<Tensor> WithGradients(MultilayerPerceptron d, Tensor value) =>
        [value, .. autograd.grad([value], [.. d.parameters()], allow_unused: true).Where(g => g is { IsInvalid: false })];

    private static List<Tensor> Consensus(MultilayerPerceptron d, Func<Tensor, Tensor> cast)
    {
        var g = new MultilayerPerceptron(2, [8], [2], Activation.Tanh).UniformFanIn(new Generator(12));
        var (p, first) = (d.parameters().First().dtype, d.parameters().First().device);
        g.to(p).to(first);
        var fakes = d.call(g.call(cast(Points(3))));
        var (lossOfD, lossOfG) = (nn.functional.softplus(fakes).mean()
            + nn.functional.softplus(-d.call(cast(Points(1)))).mean(), nn.functional.softplus(-fakes).mean());
        return WithGradients(d, ConsensusTerm.Of(lossOfD, d.parameters(), lossOfG, g.parameters(), Weight));
    }

    // (D(x + h) − D(x − h)) / 2h, coordinate by coordinate, in float64 on the CPU.
    private static Finding AgainstDifferences(Device device)
    {
        var (d, exact, x) = (Discriminator().to(device), Discriminator().to(float64), Points(1));
        using var quiet = no_grad();
        var slopes = Enumerable.Range(0, 2).Select(i =>
        {
            var h = zeros([1, 2], float64);
            h[0, i] = Step;
            return (exact.call(x.to(float64) + h) - exact.call(x.to(float64) - h)) / (2 * Step);
        });
        var differences = cat([.. slopes], 1);
        using var gradients = enable_grad();
        return new Finding(Differences.Relative([InputGradient.Of(d.call, x.to(device))], [differences]), Tolerance,
            "relative, against central differences in float64");
    }

    private static Finding Clipping(Device device)
    {
        var (d, before) = (Discriminator().to(device), Discriminator().parameters().SelectMany(p => p.data<float>()).ToArray());
        WeightClipping.Apply(d, Clip);
        float[] after = d.parameters().SelectMany(p => p.cpu().data<float>()).ToArray();
        return Finding.Exactly(before.Zip(after).Count(pair => Math.Clamp(pair.First, (float)-Clip, (float)Clip) != pair.Second),
            "against Math.Clamp");
    }

    private static MultilayerPerceptron Discriminator() =>
        new MultilayerPerceptron(2, [16, 16], [1], Activation.Tanh).UniformFanIn(new Generator(11));

    private static Tensor Points(ulong seed) => randn([Batch, 2], generator: new Generator(seed));
}
