using System.Numerics;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Damping is how dense the data are: −p/4 ± √(p²/16 − ¼) at each place, and the closed form of critical damping.</summary>
public sealed class PointGameTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.4)]
    [InlineData(1.9)]
    [InlineData(3)]
    public void Eigenvalues_ByFormula_AreThoseOfDifferencesAndOfTheJacobian(double density)
    {
        PointGame game = new(density);
        var measured = NumericJacobian.Of(game.Field, GamePoint.Origin).Eigenvalues;
        Assert.Equal(0, (game.Eigenvalues.First - measured.First).Magnitude, 1e-9);
        Assert.Equal(0, (game.Eigenvalues.Second - game.Jacobian(GamePoint.Origin).Eigenvalues.Second).Magnitude, 1e-14);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    [InlineData(1.2)]
    public void Flow_OfASmallError_ShrinksByTheDensityOverFour(double density)
    {
        PointGame game = new(density);
        double halfTurn = Math.PI / game.Eigenvalues.First.Imaginary;
        var path = GameTrajectory.Run(game, new ContinuousFlow(halfTurn / 200), new(1e-6, 0), 800); // two turns
        Assert.Equal(Math.Exp(-density / 4 * 4 * halfTurn), path.Last.Norm / 1e-6, 1e-5);
    }

    // The Dirac-GAN under noise of deviation 1 is the game of N(0, 1) against N(θ, 1) with the logit −ψx: differences of V say so.
    [Fact]
    public void DataOfWidthOne_AgainstAShiftedBell_HaveTheEigenvaluesOfInstanceNoise()
    {
        double V(double theta, double psi) => new ValueFunction(new Gaussian(), new Gaussian(theta)).OfLogit(x => -psi * x).Value;
        GamePoint Field(GamePoint w) => new(-Slope(t => V(t, w.Psi), w.Theta), Slope(s => V(w.Theta, s), w.Psi));
        var measured = NumericJacobian.Of(Field, GamePoint.Origin, 0.02).Eigenvalues.First;
        Assert.Equal(0, (measured - DiracEigenvalues.InstanceNoise(1).First).Magnitude, 1e-6);
        Assert.Equal(-0.25, measured.Real, 1e-6);
        Assert.Equal(Math.Sqrt(3) / 4, measured.Imaginary, 1e-6);

        static double Slope(Func<double, double> f, double at) =>
            (8 * (f(at + 0.01) - f(at - 0.01)) - (f(at + 0.02) - f(at - 0.02))) / 0.12;
    }

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(2, 0.68255)]
    [InlineData(5, 0.43811)]
    [InlineData(10, 0.31254)]
    public void DiracR1_ByFormula_IsTheReferencesAndTheSearchs(int k, double reference)
    {
        double formula = CriticalDamping.DiracR1(0.2, k);
        Assert.Equal(reference, formula, 5e-6);
        double Rate(double gamma) => CriticalDamping.StepRate(DiracGan.R1(gamma), new AlternatingSteps(0.2, k));
        Assert.Equal(CriticalDamping.Find(Rate, 0.05, 3), formula, 1e-5);
    }

    [Fact]
    public void Mutants_OfTheEigenvalues_AreEachCaught()
    {
        // Twice the damping, a lost square root, a lost quarter, a wrong sign: run through the comparison that the formula passes.
        Func<double, Complex>[] mutants = [p => -p / 2 + Root(p), p => -p / 4 + Root(p) * Root(p),
            p => -p / 4 + Complex.Sqrt(p * p / 16 - 1), p => p / 4 + Root(p)];
        Assert.True(Holds(p => -p / 4 + Root(p)));
        Assert.All(mutants, mutant => Assert.False(Holds(mutant)));

        static Complex Root(double p) => Complex.Sqrt(p * p / 16 - 0.25);
        static bool Holds(Func<double, Complex> first) => new[] { 0.01, 0.4, 1.9, 3 }.All(p =>
            (first(p) - NumericJacobian.Of(new PointGame(p).Field, GamePoint.Origin).Eigenvalues.First).Magnitude < 1e-9);
    }

    [Fact]
    public void Mutants_OfTheClosedForm_AreEachCaught()
    {
        // The root of (1 − s)/(1 + s) = h/(cγ) with s = (1 − hγ)^(bk), against the search on the numeric Jacobian: only c = 4, b = ½ pass.
        double searched = CriticalDamping.Find(g => CriticalDamping.StepRate(DiracGan.R1(g), new AlternatingSteps(0.2, 5)), 0.05, 3);
        Assert.Equal(searched, Root(4, 0.5), 1e-5);
        Assert.All([(2, 0.5), (4, 1.0), (8, 0.5), (4, 0.25)], m => Assert.True(Math.Abs(searched - Root(m.Item1, m.Item2)) > 1e-2));

        static double Root(double c, double power) => Enumerable.Range(1, 5_000_000).Select(i => i / 1e6)
            .First(g => Math.Pow(1 - 0.2 * g, power * 5) is var s && (1 - s) / (1 + s) >= 0.2 / (c * g));
    }

    [Fact]
    public void DiracR1_WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CriticalDamping.DiracR1(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CriticalDamping.DiracR1(0.2, 0));
    }
}
