using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class CriticalDampingTests
{
    private const double Step = 0.2;

    // At the optimum the two eigenvalues meet, and the Jacobian's 1e-13 enters the rate as a root, some 1e-6.
    private const double Tolerance = 1e-5;

    [Fact]
    public void Find_Flow_IsOne() =>
        Assert.Equal(1, CriticalDamping.Find(gamma => CriticalDamping.FlowRate(DiracGan.R1(gamma)), 0.1, 3), Tolerance);

    [Fact]
    public void Find_SimultaneousSteps_IsOne() => Assert.Equal(1, Best(new SimultaneousSteps(Step)), Tolerance);

    [Theory]
    [InlineData(Player.Generator)]
    [InlineData(Player.Discriminator)]
    public void Find_AlternatingSteps_IsTwoSlopesMinusHalfAStepSquared(Player first) =>
        // Trace² = 4 determinant with trace 2 - hγ - h²f′² and determinant 1 - hγ: γ = 2f′ - h f′² = 1 - .05. A round is similar whoever
        // opens it.
        Assert.Equal(0.95, Best(new AlternatingSteps(Step, First: first)), Tolerance);

    [Fact]
    public void Find_FiveDiscriminatorSteps_IsAboutPointFortyFour() =>
        Assert.Equal(0.44, Best(new AlternatingSteps(Step, DiscriminatorSteps: 5)), 0.005);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    [InlineData(1.2)]
    [InlineData(2)]
    public void FlowRate_NotCritical_IsSlower(double gamma)
        => Assert.True(CriticalDamping.FlowRate(DiracGan.R1(gamma)) < CriticalDamping.FlowRate(DiracGan.R1(1)) - 0.05);

    [Fact]
    public void StepRate_MeasuredByAPlayedGame_AgreesWithTheJacobian()
    {
        // From a tiny start the game is linear; complex eigenvalues make the norm swing, so the rate is read over 600 steps: (swing <
        // 1)/600 < .002.
        double[] norms = GameTrajectory.Run(DiracGan.R1(0.3), new AlternatingSteps(Step), new GamePoint(1e-3, 1e-3), 600).Norms;
        double measured = -Math.Log(norms[600] / norms[0]) / 600;
        Assert.Equal(CriticalDamping.StepRate(DiracGan.R1(0.3), new AlternatingSteps(Step)), measured, 0.002);
    }

    [Fact]
    public void FlowRate_PlainGan_IsZero() => Assert.Equal(0, CriticalDamping.FlowRate(DiracGan.Minimax()), 1e-10);

    private static double Best(IIntegrator integrator) =>
        CriticalDamping.Find(gamma => CriticalDamping.StepRate(DiracGan.R1(gamma), integrator), 0.05, 3);
}
