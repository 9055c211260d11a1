using System.Numerics;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// The Dirac-GAN with each method of Mescheder, Geiger and Nowozin 2018 (figure 3, settings of their notebook): norm after 500 steps of
/// h = .2 from (1, 1); the generator moves first in every alternating column.
/// </summary>
public sealed class DiracGanTableTests
{
    private const double Step = 0.2;
    private const int Steps = 500;
    private static readonly GamePoint start = new(1, 1);

    public static TheoryData<string, string, string, string?> Rows => new()
    {
        { "GAN", "3.1", "1.42", "1.85" },
        { "NS-GAN", ".64", ".284", ".139" },
        { "WGAN", "1.0", "1.02", ".917" },
        { "WGAN-GP .7", "1.8", "1.22", ".716" },
        { "WGAN-GP without the half", "1.85", "1.46", "1.40" }, // what λ (|ψ| - 1)² would give
        { "noise .7", "5.7e-5", "4e-6", null }, // 5:1 is a rounding floor, not a result
        { "R1 .3", "2.6e-6", "2.3e-7", "9e-34" },
        { "R1 1", "9.5e-22", "7.5e-17", "5e-12" },
        { "R1 2", "1.3e-6", "1.9e-6", "3.5e-6" },
        { "consensus 1", "2.6e-10", "1.7e-11", null }, // 5:1 diverges at this h, as the next test shows; its size depends on h
        { "NS + R1 .3", "2.2e-6", "1.5e-7", "4e-34" },
    };

    public static TheoryData<string, double, double> PrintedEigenvalues => new()
    {
        { "GAN", 0, 0.5 },
        { "NS-GAN", 0, 0.5 },
        { "WGAN", 0, 1 },
        { "noise .7", -0.1225, 0.4848 },
        { "R1 .3", -0.15, 0.477 },
        { "R1 1", -0.5, 0 },
        { "consensus 1", -0.25, 0.5 },
        { "NS + R1 .3", -0.15, 0.477 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Run_FiveHundredSteps_ReproducesThePrintedNorms(string row, string simultaneous, string alternating, string? fiveToOne)
    {
        var game = GameOf(row);
        PrintedDigits.AssertReproduces(simultaneous, NormAfter(game, new SimultaneousSteps(Step)));
        PrintedDigits.AssertReproduces(alternating, NormAfter(game, new AlternatingSteps(Step)));
        if (fiveToOne is not null)
            PrintedDigits.AssertReproduces(fiveToOne, NormAfter(game, new AlternatingSteps(Step, DiscriminatorSteps: 5)));
    }

    [Fact]
    public void Run_DiscriminatorFirst_ChangesTheLastDigitsAsPrinted()
    {
        PrintedDigits.AssertReproduces("1.4210", NormAfter(DiracGan.Minimax(), new AlternatingSteps(Step)));
        PrintedDigits.AssertReproduces("1.4126", NormAfter(DiracGan.Minimax(), new AlternatingSteps(Step, First: Player.Discriminator)));
        PrintedDigits.AssertReproduces("8.5e-17", NormAfter(DiracGan.R1(1), new AlternatingSteps(Step, First: Player.Discriminator)));
    }

    [Theory]
    [MemberData(nameof(PrintedEigenvalues))]
    public void NumericJacobian_AtTheEquilibrium_HasThePrintedEigenvalues(string row, double real, double imaginary)
    {
        var (first, second) = NumericJacobian.Of(GameOf(row).Field, GamePoint.Origin).Eigenvalues;
        Assert.Equal(real, first.Real, 5e-5); // half a unit of the fourth decimal
        Assert.Equal(imaginary, Math.Abs(first.Imaginary), 5e-5);
        // a double eigenvalue splits by the root of the Jacobian's 1e-13
        Assert.Equal(0, Complex.Abs(second - Complex.Conjugate(first)), 1e-6);
    }

    [Fact]
    public void NumericJacobian_OverDamped_HasTheTwoPrintedRealEigenvalues()
    {
        var (first, second) = NumericJacobian.Of(DiracGan.R1(2).Field, GamePoint.Origin).Eigenvalues;
        PrintedDigits.AssertReproduces("-.134", first.Real);
        PrintedDigits.AssertReproduces("-1.866", second.Real);
    }

    [Fact]
    public void Run_ConsensusFiveToOne_Diverges() =>
        Assert.True(NormAfter(DiracGan.Consensus(1), new AlternatingSteps(Step, DiscriminatorSteps: 5)) > start.Norm);

    [Fact]
    public void Run_SimultaneousGan_GrowsEveryStepByItsExactFactor()
    {
        // |w + h v|² = |w|² (1 + h² f′²): w and v are orthogonal and |v| = f′ |w|.
        var path = GameTrajectory.Run(DiracGan.Minimax(), new SimultaneousSteps(Step), start, Steps).Points;
        for (int n = 0; n < Steps; n++)
        {
            double slope = LogisticLink.Slope(path[n].Theta * path[n].Psi);
            Assert.True(path[n + 1].Norm > path[n].Norm);
            Assert.Equal(Math.Sqrt(1 + Step * Step * slope * slope), path[n + 1].Norm / path[n].Norm, 1e-14); // some roundings of 1.1e-16
        }
    }

    [Fact]
    public void Run_NonSaturating_CrawlsLikeOneOverTheRootOfTime()
    {
        double[] norms = GameTrajectory.Run(DiracGan.NonSaturating(), new AlternatingSteps(Step), start, 5000).Norms;
        PrintedDigits.AssertReproduces(".284", norms[500]);
        PrintedDigits.AssertReproduces(".088", norms[5000]);
        // d|w|²/dt ~ -|w|⁴ gives |w| ~ t^(-1/2); an exponential would have no such slope. The orbit's phase and the start blur it by less
        // than .05.
        Assert.Equal(-0.5, Math.Log10(norms[5000] / norms[500]), 0.05);
    }

    [Fact]
    public void Run_WassersteinGradientPenalty_EndsAtARadiusOfOrderOneForEveryRatio()
    {
        foreach (int ratio in (int[])[1, 2, 5, 20])
            Assert.InRange(NormAfter(DiracGan.WassersteinGradientPenalty(), new AlternatingSteps(Step, DiscriminatorSteps: ratio)), 0.3, 3);
        Assert.InRange(NormAfter(DiracGan.WassersteinGradientPenalty(), new SimultaneousSteps(Step)), 0.3, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public void StepJacobian_GanWithKDiscriminatorSteps_IsARotationForEveryKUpToFourHundred(int k)
    {
        // Determinant 1, trace 2 - k h² f′(0)²: eigenvalues on the unit circle while k h² f′² ≤ 4. More discriminator steps are no cure.
        var jacobian = NumericJacobian.OfStep(new AlternatingSteps(Step, k), DiracGan.Minimax(), GamePoint.Origin);
        Assert.Equal(1, jacobian.SpectralRadius, 1e-10); // differences of a map of size 1: about 1e-12
        Assert.Equal(2 - k * Step * Step / 4, jacobian.Trace, 1e-10);
    }

    [Fact]
    public void StepJacobian_GanWithFiveHundredDiscriminatorSteps_IsUnstable()
        => Assert.True(NumericJacobian.OfStep(new AlternatingSteps(Step, 500), DiracGan.Minimax(), GamePoint.Origin).SpectralRadius > 2);

    [Fact]
    public void StepJacobian_RegularisedGanWithManyDiscriminatorSteps_ContractsLikeTheGeneratorAlone()
    {
        // D at its optimum ψ = θ f′/γ leaves θ′ = θ (1 - h f′²/γ): the theorem's picture, and it holds because R1 gives D an optimum.
        double radius = NumericJacobian.OfStep(new AlternatingSteps(Step, 200), DiracGan.R1(1), GamePoint.Origin).SpectralRadius;
        Assert.Equal(1 - Step * 0.25, radius, 1e-9); // the rest, .8²⁰⁰ = 4e-20, is far below the differences' 1e-12
    }

    private static IGame GameOf(string row) => row switch
    {
        "GAN" => DiracGan.Minimax(),
        "NS-GAN" => DiracGan.NonSaturating(),
        "WGAN" => DiracGan.Wasserstein(clip: 1),
        "WGAN-GP .7" => DiracGan.WassersteinGradientPenalty(0.7),
        "WGAN-GP without the half" => DiracGan.WassersteinGradientPenalty(2 * 0.7),
        "noise .7" => DiracGan.InstanceNoise(0.7),
        "R1 .3" => DiracGan.R1(0.3),
        "R1 1" => DiracGan.R1(1),
        "R1 2" => DiracGan.R1(2),
        "consensus 1" => DiracGan.Consensus(1),
        "NS + R1 .3" => DiracGan.NonSaturatingR1(0.3),
        _ => throw new ArgumentException($"There is no row {row}.", nameof(row)),
    };

    private static double NormAfter(IGame game, IIntegrator integrator) => GameTrajectory.Run(game, integrator, start, Steps).Last.Norm;
}
