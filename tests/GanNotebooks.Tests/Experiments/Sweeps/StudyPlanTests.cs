using GanNotebooks.Experiments;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Experiments;

/// <summary>A study on other data is the study itself: the same networks, settings and random numbers.</summary>
public sealed class StudyPlanTests
{
    private const string Ring = "wide-ring"; // the points of these set-ups
    private static readonly CollapseSetup[] Setups = [CollapseSetup.RotatingRing, CollapseSetup.DroppedModes, CollapseSetup.SmallGrid];

    public static TheoryData<string, string> Rows =>
    [
        .. from setup in Setups from method in CollapseMethod.All.Concat(CollapseMethod.Rates) select (setup.Name, method.Name),
    ];

    public static TheoryData<string> Methods => [.. CollapseMethod.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_Row_HasTheSettingsOfTheStudy(string setupName, string methodName)
    {
        var setup = Setups.First(s => s.Name == setupName);
        var method = CollapseMethod.All.Concat(CollapseMethod.Rates).First(m => m.Name == methodName);
        // Written and read again, as the folder of a sweep does.
        CollapseMethod[] rows = [.. new[] { CollapseMethod.All[0], method }.Distinct()];
        var plan = SweepPlanText.Parse(StudyPlan.Of(setup, rows, Ring, 7, [3]).ToString());
        var manifest = SweepManifest.Of(plan);
        var recipe = manifest.Recipe(manifest.Runs[^1]);
        Assert.Equal(method.Config(setup) with { Steps = 7, Seed = 3 }, recipe.Config);
        Assert.Equal((method.SpectralNorm, method.MinibatchDeviation), (recipe.SpectralNorm, recipe.MinibatchDeviation));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Recipe_SamePoints_TrainsTheSameWeights(string name)
    {
        var (method, setup) = (CollapseMethod.Named(name), CollapseSetup.DroppedModes);
        using var scope = NewDisposeScope();
        using var data = setup.NewData(3);
        using var study = method.Create(setup, data, seed: 3, steps: 4).Run();
        using var other = (method.Recipe(setup, Ring) with { Steps = 4, Seed = 3 }).Create(CPU).Run();
        foreach (var (mine, its) in study.Generator.parameters().Concat(study.Discriminator.parameters())
            .Zip(other.Generator.parameters().Concat(other.Discriminator.parameters())))
        {
            Assert.Equal(its.data<float>().ToArray(), mine.data<float>().ToArray());
        }
    }

    [Fact]
    public void OfStacked_Rows_DifferAsInTheStudy()
    {
        var manifest = SweepManifest.Of(StudyPlan.OfStacked(StackedStudy.Methods, "mnist", 5, [1]));
        Assert.Equal(StackedStudy.Methods, manifest.Settings.Select(s => s.Name));
        var study = new StackedStudy("", "") { Steps = 5 };
        foreach (var run in manifest.Runs)
        {
            var expected = study.Recipe(StackedStudy.Methods[run.Setting], 1) with { Data = "mnist" };
            Assert.Equal(expected.All, manifest.Recipe(run).All);
        }
    }

    [Fact]
    public void Of_WhatHasNoRecipe_IsRefused()
    {
        Assert.Contains("the networks of pacgan-ring are for its own points only", Assert.Throws<ArgumentException>(
            () => StudyPlan.Of(CollapseSetup.PacGanRing, CollapseMethod.All, Ring, 1, [1])).Message, StringComparison.Ordinal);
        Assert.Contains("is for points", Assert.Throws<ArgumentException>(
            () => StudyPlan.Of(CollapseSetup.DroppedModes, CollapseMethod.All, "mnist", 1, [1])).Message, StringComparison.Ordinal);
        Assert.Contains("is for images", Assert.Throws<ArgumentException>(
            () => SweepManifest.Of(StudyPlan.OfStacked(StackedStudy.Methods, Ring, 1, [1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => StudyPlan.Of(CollapseSetup.DroppedModes, [], Ring, 1, [1]));
    }
}
