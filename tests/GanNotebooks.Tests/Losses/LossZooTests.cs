using GanNotebooks.Losses;
using static GanNotebooks.Tests.Losses.LossLogits;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Losses;

/// <summary>What every loss must do.</summary>
public sealed class LossZooTests
{
    public static TheoryData<IAdversarialLoss> All => new(Zoo);

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_GradientByFiniteDifference_Agree(IAdversarialLoss loss)
    {
        const double h = 1e-5; // error of the central difference: h² |f'''| / 6, below 4e-9 for the exponential rows at these logits
        foreach (double at in new[] { -2.0, 0.3, 4 })
        {
            foreach (var f in new Func<Tensor, Tensor>[] { l => loss.Generator(Column(1), l), l => loss.Discriminator(l, Column(1)),
                l => loss.Discriminator(Column(1), l) })
            {
                Assert.Equal((Value(f, at + h) - Value(f, at - h)) / (2 * h), Slope(f, at), 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_PermutedPairs_AreTheSame(IAdversarialLoss loss)
    {
        var (real, fake) = (Column(1, 2, 3), Column(-1, 0.5, 2));
        var (realLater, fakeLater) = (Column(3, 1, 2), Column(2, -1, 0.5));
        Assert.Equal(loss.Discriminator(real, fake).item<double>(), loss.Discriminator(realLater, fakeLater).item<double>(), 12);
        Assert.Equal(loss.Generator(real, fake).item<double>(), loss.Generator(realLater, fakeLater).item<double>(), 12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_LogitsOfPlusMinus50_AreFiniteWithTheirGradients(IAdversarialLoss loss)
    {
        foreach (double at in new[] { -50.0, 50 })
        {
            foreach (var f in new Func<Tensor, Tensor>[] { l => loss.Generator(Column(0), l), l => loss.Discriminator(l, Column(0)),
                l => loss.Discriminator(Column(0), l) })
            {
                Assert.True(double.IsFinite(Value(f, at)) && double.IsFinite(Slope(f, at)),
                    $"{loss} at {at}: {Value(f, at)}, slope {Slope(f, at)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_NotAColumn_AreRefusedWithTheShape(IAdversarialLoss loss)
    {
        foreach (var bad in new Action[] { () => loss.Discriminator(zeros(3), zeros(3, 1)),
            () => loss.Discriminator(zeros(3, 1), zeros(3)) })
        {
            Assert.Contains("[3]", Assert.Throws<ArgumentException>(bad).Message, StringComparison.Ordinal);
        }
    }

    // Whoever is told that fakes are real must want the logit to rise: all conventions point the same way.
    [Theory]
    [MemberData(nameof(All))]
    public void Losses_NearTheirBalance_AgreeThatHighIsReal(IAdversarialLoss loss)
    {
        Assert.True(Slope(l => loss.Generator(Column(-0.5), l), -0.5) < 0);
        Assert.True(Slope(l => loss.Discriminator(l, Column(-0.5)), -0.5) < 0);
        Assert.True(Slope(l => loss.Discriminator(Column(0.5), l), 0.5) > 0);
    }
}
