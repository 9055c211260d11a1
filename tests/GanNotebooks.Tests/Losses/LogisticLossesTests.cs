using GanNotebooks.Losses;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Losses;

public sealed class LogisticLossesTests
{
    private static readonly double Log2 = Math.Log(2);

    public static TheoryData<IAdversarialLoss> All => [new MinimaxLoss(), new NonSaturatingLoss()];

    [Theory]
    [MemberData(nameof(All))]
    public void Discriminator_LogitsZero_IsTwoLog2(IAdversarialLoss loss) =>
        Assert.Equal(2 * Log2, loss.Discriminator(Column(0, 0), Column(0)).item<double>(), 14);

    [Fact]
    public void Generator_LogitsZero_IsMinusLog2OrPlusLog2()
    {
        Assert.Equal(-Log2, new MinimaxLoss().Generator(Column(0), Column(0)).item<double>(), 14);
        Assert.Equal(Log2, new NonSaturatingLoss().Generator(Column(0), Column(0)).item<double>(), 14);
    }

    // log σ(−50) = −50 − log(1 + e⁻⁵⁰), and e⁻⁵⁰ = 1.9287498479639178e-22.
    [Fact]
    public void Discriminator_LogitsOf50_IsExactAndFinite()
    {
        Assert.Equal(100, new MinimaxLoss().Discriminator(Column(-50), Column(50)).item<double>(), 12);
        Assert.Equal(2 * 1.9287498479639178e-22, new MinimaxLoss().Discriminator(Column(50), Column(-50)).item<double>(), 1e-30);
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(0.7)]
    [InlineData(20.0)]
    public void Generator_Gradient_IsTheDerivativeByHand(double logit)
    {
        double sigma = 1 / (1 + Math.Exp(-logit));
        Assert.Equal(-sigma, Gradient(l => new MinimaxLoss().Generator(l, l), logit), 12);
        Assert.Equal(sigma - 1, Gradient(l => new NonSaturatingLoss().Generator(l, l), logit), 12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_GradientByFiniteDifference_Agree(IAdversarialLoss loss)
    {
        const double h = 1e-5; // error of the central difference: h² |f'''| / 6 < 2e-11
        foreach (double at in new[] { -2.0, 0.3, 4 })
        {
            double Slope(Func<Tensor, Tensor> f) => (f(Column(at + h)).item<double>() - f(Column(at - h)).item<double>()) / (2 * h);
            Assert.Equal(Slope(l => loss.Generator(l, l)), Gradient(l => loss.Generator(l, l), at), 1e-9);
            Assert.Equal(Slope(l => loss.Discriminator(l, Column(1))), Gradient(l => loss.Discriminator(l, Column(1)), at), 1e-9);
            Assert.Equal(Slope(l => loss.Discriminator(Column(1), l)), Gradient(l => loss.Discriminator(Column(1), l), at), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_PermutedBatch_AreTheSame(IAdversarialLoss loss) => Assert.Equal(
        loss.Discriminator(Column(1, 2, 3), Column(4, 5, 6)).item<double>(),
        loss.Discriminator(Column(3, 1, 2), Column(6, 5, 4)).item<double>(), 14);

    [Theory]
    [MemberData(nameof(All))]
    public void Discriminator_NotAColumn_IsRefusedWithTheShape(IAdversarialLoss loss)
    {
        var error = Assert.Throws<ArgumentException>(() => loss.Discriminator(zeros(3), zeros(3, 1)));
        Assert.Contains("[3]", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Column(params double[] values) => tensor(values).view(-1, 1);

    private static double Gradient(Func<Tensor, Tensor> loss, double at)
    {
        var logit = tensor(new[] { at }).view(1, 1).requires_grad_(true);
        loss(logit).backward();
        return logit.grad!.item<double>();
    }
}
