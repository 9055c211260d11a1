using GanNotebooks.Metrics;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class StackedStudyTests
{
    [Fact]
    public void Run_EveryMethod_IsRecordedOnceWithItsSettings()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        var study = new StackedStudy(folder.Path, Path.Combine(folder.Path, "scratch"))
        {
            Width = 4, Steps = 6, Samples = 1500,
            Log = lines.Add
        };
        study.Run(StackedStudy.Methods, [1]);
        study.Run(StackedStudy.Methods, [1]);
        Assert.Equal(StackedStudy.Methods.Count, lines.Count);
        foreach (string method in StackedStudy.Methods)
        {
            var run = RecordedStacked.Read(Path.Combine(folder.Path, $"{method.Replace(' ', '-')}-6-seed1.json"));
            Assert.Equal(Enumerable.Range(0, 7), run.Trajectory.Select(c => c.Step));
            Assert.All(run.Trajectory, c => Assert.Equal(1500, c.Count));
            Assert.InRange(run.End.Captured, 1, 999);
            Assert.InRange(run.End.KL, 0, Math.Log(1000) + 1e-9);
            Assert.InRange(run.End.Certain, 0.1, 1);
            Assert.Equal(method.StartsWith("Pac", StringComparison.Ordinal) ? 2 : 1,
                run.Description.GetProperty("settings").GetProperty("Packing").GetInt32());
            // [outputs, inputs, 4, 4]
            string first = run.Description.GetProperty("discriminator").EnumerateObject().First().Value.GetString()!;
            Assert.StartsWith(method.EndsWith("small D", StringComparison.Ordinal) ? "[1, " : "[4, ", first, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_BrokenOff_EndsLikeAnUninterruptedOne()
    {
        using TemporaryFolder whole = new(), broken = new();
        StackedStudy Study(TemporaryFolder folder) =>
            new(folder.Path, Path.Combine(folder.Path, "scratch")) { Width = 2, Steps = 6, Samples = 500, Log = _ => { } };
        Study(whole).Run([StackedStudy.Plain], [3]);
        using (var trainer = Study(broken).Recipe(StackedStudy.Plain, 3).Create(CPU))
        using (var directory =
            new RunDirectory(Path.Combine(broken.Path, "scratch", "DCGAN-6-seed3")) { TensorBoard = false, CheckpointEvery = 2 })
        {
            directory.Train(trainer, until: 4);
        }

        File.WriteAllText(Path.Combine(broken.Path, "scratch", "DCGAN-6-seed3", "course.json"), """{"Marks":{},"Seconds":0}""");

        Study(broken).Run([StackedStudy.Plain], [3]);
        Assert.Equal(End(whole), End(broken));

        static StackedEvaluation End(TemporaryFolder folder) => RecordedStacked.Read(Path.Combine(folder.Path, "DCGAN-6-seed3.json")).End;
    }

    [Fact]
    public void All_RecordedRuns_AreThreeSeedsOfEachMethodAndTheKeptGeneratorsCountAlike()
    {
        var runs = RecordedStacked.All();
        Assert.Equal(from m in StackedStudy.Methods from seed in new[] { 1, 2, 3 } select (m, seed), runs.Select(r => (r.Method, r.Seed)));
        using var judge = RecordedClassifier.Digits();
        foreach (string? method in new[] { StackedStudy.Plain, StackedStudy.Weak })
        {
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            using var generator = Pretrained.StackedGenerator(method);
            var modes = StackedModes.Of(cat([.. randn([4000, 64], generator: new Generator(3)).split(500).Select(generator.call)]), judge);
            // the floor of 26,000 is 0.02; both estimates err by about 0.03
            Assert.Equal(runs[method == StackedStudy.Plain ? 0 : 6].End.KL, modes.KL - modes.KLFloor, 0.15);
        }
    }

    [Fact]
    public void Recipe_UnknownMethod_ListsTheOnesThereAre() =>
        Assert.Contains("PacDCGAN2", Assert.Throws<ArgumentException>(() => new StackedStudy("", "").Recipe("magic", 1)).Message,
            StringComparison.Ordinal);
}
