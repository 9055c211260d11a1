using GanNotebooks.Data;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Studies;

public sealed class CollapseStudyTests
{
    private const int Steps = 40;

    public static TheoryData<string, string> Rows =>
        [.. from s in CollapseSetup.All from m in CollapseMethod.All where m.Fits(s) select (s.Name, m.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Create_EveryMethodInEverySetup_Trains(string setupName, string methodName)
    {
        var setup = CollapseSetup.All.Single(s => s.Name == setupName);
        using var law = setup.NewData(1);
        using var data = setup.TrainingSet(law, 1);
        using var trainer = CollapseMethod.Named(methodName).Create(setup, data, seed: 1, steps: 2).Run();
        Assert.True(double.IsFinite(trainer.History[^1].GeneratorLoss));
        Assert.NotEqual(0, trainer.History[^1].GeneratorGradientNorm);
    }

    [Fact]
    public void Fits_MethodsThatNeedUpdatesInTurn_AreRefusedBySimultaneousSetups()
    {
        string[] refused = [.. CollapseMethod.All.Where(m => !m.Fits(CollapseSetup.PacGanSimultaneous)).Select(m => m.Name)];
        Assert.Equal(["WGAN-GP", "unrolled 5"], refused);
        foreach (var method in CollapseMethod.All.Where(m => !m.Fits(CollapseSetup.PacGanSimultaneous)))
            Assert.Throws<ArgumentException>(method.Config(CollapseSetup.PacGanSimultaneous).Validate);
    }

    [Fact]
    public void Rates_EachControl_ChangesTheTwoLearningRatesOnly()
    {
        var plain = CollapseSetup.RotatingRing.Plain;
        Assert.Equal("D 3e-4, G 1e-3", CollapseMethod.Rates[0].Name);
        Assert.Equal(plain, CollapseMethod.Rates[0].Config(CollapseSetup.RotatingRing));
        foreach (var control in CollapseMethod.Rates.Select(r => r.Config(CollapseSetup.RotatingRing)))
        {
            Assert.Equal(plain,
                control with { DiscriminatorOptimizer = plain.DiscriminatorOptimizer, GeneratorOptimizer = plain.GeneratorOptimizer });
        }
    }

    [Fact]
    public void Named_UnknownMethod_ListsTheOnesThereAre() =>
        Assert.Contains("PacGAN2", Assert.Throws<ArgumentException>(() => CollapseMethod.Named("magic")).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_FinishedRun_IsNotMadeAgain()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        var study = Study(folder, lines);
        study.Run([CollapseMethod.Named("GAN")], [1], Steps);
        study.Run([CollapseMethod.Named("GAN")], [1], Steps);
        Assert.Single(lines);
    }

    [Fact]
    public void Run_BrokenOffRun_EndsLikeAnUninterruptedOne()
    {
        using TemporaryFolder whole = new(), broken = new();
        var (setup, method) = (CollapseSetup.RotatingRing, CollapseMethod.Named("PacGAN2"));
        Study(whole, []).Run([method], [3], Steps);
        using (var data = setup.NewData(3))
        using (var trainer = method.Create(setup, data, 3, Steps))
        using (var directory =
            new RunDirectory(Path.Combine(broken.Path, "scratch", method.FileName(3, Steps))) { TensorBoard = false, CheckpointEvery = 10 })
        {
            directory.Train(trainer, until: 20);
        }

        // Without its measurements a run that has begun would be recorded in part.
        var error = Assert.Throws<DataFileException>(() => Study(broken, []).Run([method], [3], Steps));
        Assert.Contains("course.json", error.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(broken.Path, "scratch", method.FileName(3, Steps), "course.json"), """{"Marks":{},"Seconds":0}""");
        Study(broken, []).Run([method], [3], Steps);
        Assert.Equal(Read(whole, method).End, Read(broken, method).End);
    }

    [Fact]
    public void Read_WrittenRun_HasItsCourseAndSettings()
    {
        using var folder = new TemporaryFolder();
        Study(folder, []).Run([CollapseMethod.Named("GAN")], [1], Steps);
        var run = Read(folder, CollapseMethod.Named("GAN"), seed: 1);
        Assert.Equal(("GAN", "rotating-ring", 1, Steps), (run.Method, run.Setup, run.Seed, run.Steps));
        Assert.Equal(Enumerable.Range(0, 21).Select(i => 2 * i), run.Trajectory.Select(c => c.Step));
        Assert.Equal(1000, run.Samples.Count);
        Assert.Equal(500, run.Points.Count);
        Assert.Equal((run.Samples[998], run.Samples[999]), ((float)run.Points[^1].X, (float)run.Points[^1].Y));
        Assert.Equal(128, run.Description.GetProperty("settings").GetProperty("BatchSize").GetInt32());
    }

    [Fact]
    public void Read_BrokenFile_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "x.json");
        File.WriteAllText(file, "{");
        Assert.Contains("x.json", Assert.Throws<DataFileException>(() => RecordedRun.Read(file)).Message, StringComparison.Ordinal);
    }

    private static CollapseStudy Study(TemporaryFolder folder, List<string> lines) =>
        new(CollapseSetup.RotatingRing, Path.Combine(folder.Path, "results"), Path.Combine(folder.Path, "scratch")) { Log = lines.Add };

    private static RecordedRun Read(TemporaryFolder folder, CollapseMethod method, int seed = 3) =>
        RecordedRun.Read(Path.Combine(folder.Path, "results", method.FileName(seed, Steps) + ".json"));
}
