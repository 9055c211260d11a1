using GanNotebooks.Live;
using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Tests.Runtime;
using GanNotebooks.Training;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using TorchSharp;

namespace GanNotebooks.Tests.Live;

public sealed class CSharpCellTests
{
    private const string Opening = """
        using GanNotebooks; using GanNotebooks.Data; using GanNotebooks.Losses; using GanNotebooks.Networks;
        using GanNotebooks.Regularizers; using GanNotebooks.Studies; using GanNotebooks.Training;
        using TorchSharp; using static TorchSharp.torch;
        """;

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Cell_InTheKernel_MakesTheSameRunBitForBit(string name)
    {
        using var run = Make(name);
        string cell = CSharpCell.Of(run.Start, run.State.Marks, run.Step);
        float[] expected;
        using (torch.NewDisposeScope())
            expected = run.Trainer.Sample(50).data<float>().ToArray();

        float[]? got = null;
        using var kernel = new RealKernel();
        Action<object> keep = trainer => got = ((Trainer)trainer).Sample(50).data<float>().ToArray();
        await kernel.CSharp.SetValueAsync("keep", keep, typeof(Action<object>));
        string references = $"#r \"{typeof(Trainer).Assembly.Location}\"\n#r \"{typeof(torch).Assembly.Location}\"";
        string code = $"{references}\n{Opening}\n{cell};\nkeep(trainer);";
        var result = await kernel.Composite.SendAsync(new SubmitCode(code), TestContext.Current.CancellationToken);
        Assert.True(result.Events.OfType<CommandFailed>().FirstOrDefault() is null,
            cell + "\n" + string.Join('\n', result.Events.OfType<CommandFailed>().Select(f => f.Message)));
        Assert.Equal(expected, got);
    }

    [Fact]
    public void Presets_Names_AreThoseOfThePresets() => Assert.Equal(LivePresets.All.Select(p => p.Name), LivePresets.Names);

    [Fact]
    public void Part_LossesPenaltiesAndOptimisers_AreTheirConstructors()
    {
        Assert.Equal("new MinimaxLoss()", CSharpCell.Part(new MinimaxLoss()));
        Assert.Equal("new NonSaturatingLoss() { RealLabel = 0.9 }", CSharpCell.Part(new NonSaturatingLoss { RealLabel = 0.9 }));
        Assert.Equal("FDivergenceLoss.PearsonChiSquare", CSharpCell.Part(FDivergenceLoss.PearsonChiSquare));
        Assert.Equal("new ZeroCenteredGradientPenalty(0.5, 0.5)", CSharpCell.Part(ZeroCenteredGradientPenalty.Both(0.5)));
        Assert.Equal("new AdamConfig(0.001, 0.5, 0.999, 1E-08)", CSharpCell.Part(new AdamConfig(0.001)));
        Assert.All(NamedSetting.All.Where(n => n.Type != typeof(AdaptiveProbability)), n =>
            Assert.StartsWith(n.Type == typeof(FDivergenceLoss) ? "FDivergenceLoss." : $"new {n.Type.Name}(",
                CSharpCell.Part(n.Create([.. n.Parameters.Select(p => p.Default)])), StringComparison.Ordinal));
    }

    public static TheoryData<string> Runs => ["usual", "changed", .. LiveSession.Presets];

    private static LiveRun Make(string name)
    {
        if (name is not ("usual" or "changed"))
            return To(new LiveRun(LivePresets.Named(name).Start), 3);
        var run = To(new LiveRun(LiveSetup.Default), 12);
        if (name == "usual")
            return run;
        foreach (var (setting, value) in new[]
        {
            ("Loss", "f-SquaredHellinger"), ("Penalty", "R1R2(0.5)"), ("GeneratorOptimizer", "Momentum(0.01, 0.5)"), ("Packing", "2"),
            ("NoiseDimension", "4"), ("Generator", "16-8 Tanh"), ("Target", "moons"), ("BatchSize", "64"), ("AverageHalfLife", "500"),
            ("InstanceNoise", "InstanceNoise(0.2)"), ("DiscriminatorSteps", "2"), ("Target", "drawing:0,0;1,1;-1,0.5"),
            ("Discriminator", "20 LeakyReLU"), ("Order", "Alternating"), ("Noise", "Uniform"), ("ConsensusWeight", "0.1"),
        })
        {
            run.Set(setting, value);
            To(run, run.Step + 3);
        }
        run.Single(LiveMark.Generator);
        run.Single(LiveMark.Discriminator);
        return To(run, run.Step + 5);
    }

    private static LiveRun To(LiveRun run, int step)
    {
        while (run.Step < step)
            run.Advance(step);
        return run;
    }
}
