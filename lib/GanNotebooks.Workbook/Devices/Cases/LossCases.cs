using GanNotebooks.Losses;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// Every loss: both players' values and their gradients by the logits, in float32 on the device against float64 on the CPU.
/// </summary>
internal static class LossCases
{
    private const double Tolerance = 2e-5; // float32, and exponentials of up to e³
    private const int Batch = 64;

    private static readonly (string Name, IAdversarialLoss Loss)[] Cases =
    [
        ("minimax", new MinimaxLoss()), ("minimax, smoothed", new MinimaxLoss { RealLabel = 0.9 }),
        ("non-saturating", new NonSaturatingLoss()), ("non-saturating, smoothed", new NonSaturatingLoss { RealLabel = 0.9 }),
        ("least squares", LeastSquaresLoss.ZeroOne), ("least squares, Pearson", LeastSquaresLoss.PearsonChiSquare),
        ("Wasserstein", new WassersteinLoss()), ("hinge", new HingeLoss()),
        ("relativistic, average", new RelativisticAverageLoss()), ("relativistic, paired", new RelativisticPairedLoss()),
        .. FDivergenceLoss.All.SelectMany(
            f => new[] { ($"f-GAN, {f.Name}", f), ($"f-GAN, {f.Name}, alternative", f with { Alternative = true }) }),
    ];

    public static IEnumerable<DeviceTest> All =>
        Cases.Select(c => new DeviceTest("losses", c.Name, device => Compare(c.Loss, device)) { Covers = [c.Loss.GetType()] });

    private static Finding Compare(IAdversarialLoss loss, Device device)
    {
        using var random = new Generator(5);
        var (real, fake) = (randn([Batch, 1], generator: random), randn([Batch, 1], generator: random));
        return new Finding(
            Differences.Relative(Pass(loss, real.to(device), fake.to(device)), Pass(loss, real.to(float64), fake.to(float64))), Tolerance,
            "relative, float32 against float64 on the CPU");
    }

    private static List<Tensor> Pass(IAdversarialLoss loss, Tensor real, Tensor fake)
    {
        var (x, g) = (real.detach().requires_grad_(true), fake.detach().requires_grad_(true));
        var unused = 0 * (x.sum() + g.sum()); // a loss may ignore one of them
        Tensor[] values = [loss.Discriminator(x, g), loss.Generator(x, g)];
        return [.. values, .. values.SelectMany(v => autograd.grad([v + unused], [x, g], retain_graph: true))];
    }
}
