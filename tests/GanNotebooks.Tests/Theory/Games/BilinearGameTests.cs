using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// The bilinear game under each scheme (Gidel et al. 2019, two papers): min over θ, max over ψ of θψ, h = .2, 500 steps from (1, 1);
/// averages over iterates 1 ... 500; momentum is heavy-ball.
/// </summary>
public sealed class BilinearGameTests
{
    private const double Step = 0.2;

    public static TheoryData<IIntegrator, string, string> Rows => new()
    {
        { new SimultaneousSteps(Step), "2.56e4", "261" },
        { new AlternatingSteps(Step), "1.40", ".005" },
        { new ExtragradientSteps(Step), "7.9e-5", ".014" },
        { new OptimisticSteps(Step), "3.5e-5", ".014" },
        { new AlternatingSteps(Step, Momentum: -0.5), ".07", ".021" },
        { new SimultaneousSteps(Step, Momentum: -0.5), "6.4", ".11" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Run_FiveHundredSteps_ReproducesThePrintedNorms(IIntegrator integrator, string last, string average)
    {
        var path = GameTrajectory.Run(new BilinearGame(), integrator, new GamePoint(1, 1), 500);
        PrintedDigits.AssertReproduces(last, path.Last.Norm);
        PrintedDigits.AssertReproduces(average, path.Average.Norm);
    }

    [Fact]
    public void Run_Simultaneous_HasTheClosedForm()
        // 2.6e4 · 500 roundings of 1e-16
        => Assert.Equal(Math.Sqrt(2) * Math.Pow(1 + Step * Step, 250), Last(new SimultaneousSteps(Step)).Norm, 1e-7);

    [Fact]
    public void Run_Extragradient_ContractsByItsClosedForm()
    {
        // The eigenvalue 1 - h² ± i h: |λ|² = 1 - h² + h⁴.
        double factor = Math.Sqrt(1 - Step * Step + Math.Pow(Step, 4));
        Assert.Equal(Math.Sqrt(2) * Math.Pow(factor, 500), Last(new ExtragradientSteps(Step)).Norm, 1e-16); // of 8e-5, 500 roundings
    }

    [Fact]
    public void Run_Consensus_ContractsByItsClosedForm()
    {
        // w = v - γ Jᵀv = v - γ w: the eigenvalue 1 - hγ ± i h.
        var path = GameTrajectory.Run(new ConsensusGame(new BilinearGame(), 0.5), new SimultaneousSteps(Step), new GamePoint(1, 1), 100);
        Assert.Equal(Math.Sqrt(2) * Math.Pow(0.81 + 0.04, 50), path.Last.Norm, 1e-16);
    }

    [Fact]
    public void Run_AlternatingSteps_KeepTheirInvariant()
    {
        // Symplectic Euler, generator first, conserves θ² + ψ² - h θψ exactly; this is why it neither converges nor diverges.
        foreach (var point in GameTrajectory.Run(new BilinearGame(), new AlternatingSteps(Step), new GamePoint(1, 1), 500).Points)
            // 500 roundings
            Assert.Equal(2 - Step, point.Theta * point.Theta + point.Psi * point.Psi - Step * point.Theta * point.Psi, 1e-12);
    }

    [Fact]
    public void OfStep_IntegratorWithMemory_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => NumericJacobian.OfStep(new OptimisticSteps(Step), new BilinearGame(), GamePoint.Origin));
        Assert.Throws<ArgumentException>(
            () => NumericJacobian.OfStep(new SimultaneousSteps(Step, Momentum: -0.5), new BilinearGame(), GamePoint.Origin));
    }

    private static GamePoint Last(IIntegrator integrator) =>
        GameTrajectory.Run(new BilinearGame(), integrator, new GamePoint(1, 1), 500).Last;
}
