using System.Numerics;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class DiracEigenvaluesTests
{
    // Two sources: differences are right to some 1e-13, and at a double eigenvalue (γ = 1) the error of the matrix enters as its root.
    private const double Tolerance = 1e-10;
    private const double ToleranceAtDouble = 1e-5;

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(10)]
    public void R1_Formula_EqualsTheNumericEigenvalues(double gamma)
    {
        double tolerance = gamma == 1 ? ToleranceAtDouble : Tolerance;
        AssertSame(DiracEigenvalues.R1(gamma), DiracGan.R1(gamma), tolerance);
        AssertSame(DiracEigenvalues.R1(gamma), DiracGan.R2(gamma), tolerance);
        AssertSame(DiracEigenvalues.R1(gamma), DiracGan.NonSaturatingR1(gamma), tolerance);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2)]
    public void R1AsMisprinted_Formula_IsRefutedByTheNumericEigenvalues(double gamma)
    {
        var numeric = NumericJacobian.Of(DiracGan.R1(gamma).Field, GamePoint.Origin).Eigenvalues.First;
        Assert.True(Complex.Abs(DiracEigenvalues.R1AsMisprinted(gamma).First - numeric) > 0.1); // not a matter of digits
    }

    [Fact]
    public void R1_GammaPointThree_SettlesTheMisprintAsTheSheetSays()
    {
        Assert.Equal(0.4770, DiracEigenvalues.R1(0.3).First.Imaginary, 5e-5);
        Assert.Equal(0.691, DiracEigenvalues.R1AsMisprinted(0.3).First.Imaginary, 5e-4);
        Assert.Equal(0.4770, NumericJacobian.Of(DiracGan.R1(0.3).Field, GamePoint.Origin).Eigenvalues.First.Imaginary, 5e-5);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.7)]
    [InlineData(3)]
    public void InstanceNoise_Formula_EqualsTheNumericEigenvalues(double sigma)
        // the field's fifth derivative grows with σ⁶
        => AssertSame(DiracEigenvalues.InstanceNoise(sigma), DiracGan.InstanceNoise(sigma), 1e-8);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(4)]
    public void Consensus_Formula_EqualsTheNumericEigenvalues(double gamma) =>
        AssertSame(DiracEigenvalues.Consensus(gamma), DiracGan.Consensus(gamma), Tolerance);

    [Fact]
    public void UnregularisedGames_Formulae_AreImaginary()
    {
        AssertSame(DiracEigenvalues.Minimax(), DiracGan.Minimax(), Tolerance);
        AssertSame(DiracEigenvalues.Minimax(), DiracGan.NonSaturating(), Tolerance);
        AssertSame(DiracEigenvalues.Wasserstein(), DiracGan.Wasserstein(), Tolerance);
    }

    [Fact]
    public void Eigenvalues_ThousandsOfRandomMatrices_SatisfyTraceAndDeterminant()
    {
        var random = new Random(2);
        for (int n = 0; n < 2000; n++)
        {
            var m = new Matrix2(Draw(), Draw(), Draw(), Draw());
            var (first, second) = m.Eigenvalues;
            Assert.Equal(0, Complex.Abs(first + second - m.Trace), 1e-14); // entries up to 1: a few roundings
            Assert.Equal(0, Complex.Abs(first * second - m.Determinant), 1e-14);
        }

        double Draw() => 2 * random.NextDouble() - 1;
    }

    [Fact]
    public void Eigenvalues_NearlyEqual_KeepTheirGap()
    {
        var (first, second) = new Matrix2(1, 1e-9, 1e-9, 1).Eigenvalues;
        // 1 ± 1e-9 are rounded to 1.1e-16 each; from trace and determinant the gap would be lost
        Assert.Equal(2e-9, (first - second).Real, 2.5e-16);
    }

    private static void AssertSame((Complex First, Complex Second) formula, IGame game, double tolerance)
    {
        var (first, second) = NumericJacobian.Of(game.Field, GamePoint.Origin).Eigenvalues;
        Assert.Equal(0, Complex.Abs(formula.First - first), tolerance);
        Assert.Equal(0, Complex.Abs(formula.Second - second), tolerance);
    }
}
