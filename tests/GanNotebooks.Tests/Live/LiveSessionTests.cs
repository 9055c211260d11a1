using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Live;
using GanNotebooks.Losses;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Live;

public sealed class LiveSessionTests : IDisposable
{
    private readonly LiveSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Frame_AfterSteps_HasTheSamplesAndTheFieldOfTheSameRunInTheLibrary()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await Run(page, 37);
        await View(page, "samples", "field", "coverage", "truth", "arrows");
        var frame = await page.Next(f => f.Step() == 37 && f.Has("arrowsAt"));
        using var trainer = LiveSetup.Default.Create();
        trainer.Run(until: 37);
        Assert.Equal(trainer.Sample(600).data<float>().ToArray(), frame.Array("samples"));

        using var centres = new Plane(LiveSetup.Default.Target, 24).Centres();
        Near([.. trainer.Discriminator.call(centres).sigmoid().data<float>().Select(v => (double)v)], frame.Array("d"), 1e-6);

        var coverage = ModeCoverage.Of(trainer.Sample(2000, index: 2), LiveSetup.Default.Target.Modes!);
        Assert.Equal(coverage.ReverseKL.Value, frame.Value("coverage", "reverseKL"), 1e-9);
        Assert.Equal(coverage.HighQuality.Value, frame.Value("coverage", "highQuality"), 1e-9);

        using var samples = trainer.Sample(96).requires_grad_(true);
        var logits = trainer.Discriminator.call(samples);
        (new MinimaxLoss().Generator(logits, logits) * 96).backward();
        Near([.. (-samples.grad!).data<float>().Select(v => (double)v)], frame.Array("arrowsSaturating"), 1e-6);
        var last = trainer.History[^1];
        Assert.Equal(last.DiscriminatorLoss, frame.Run("A")["numbers"]!["lossD"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public async Task Scrub_BackAndForwardAgain_IsTheSameStateBitForBit()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await View(page, "samples", "field"); // before the last step, of which there may be a frame with the usual grid otherwise
        await Run(page, 20);
        await Accept(page, new { @do = "set", run = "A", name = "GeneratorOptimizer.LearningRate", value = "0.0005" });
        await Run(page, 15);
        await Accept(page, new { @do = "step", run = "A", player = "d" });
        await Run(page, 5);
        var there = await page.Next(f => f.Step() == 40);
        await page.GoTo(7);
        var back = await page.Next(f => f.Step() == 7);
        await page.GoTo(40);
        var again = await page.Next(f => f.Step() == 40);
        Assert.NotEqual(there.Array("samples"), back.Array("samples"));
        Assert.Equal(there.Array("samples"), again.Array("samples"));
        Assert.Equal(there.Array("d"), again.Array("d"));
    }

    [Fact]
    public async Task State_LoadedInAnotherSession_IsTheSameRunBitForBit()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await View(page, "samples", "field");
        await ChangedInManyWays(page);
        var answer = await page.Ask(new { @do = "state", run = "A" });
        int step = answer["state"]!["step"]!.GetValue<int>();
        var frame = await page.Next(f => f.Step() == step && f.Has("d"));

        using var other = new LiveSession();
        using var second = new Page(other);
        await second.Ask(new { @do = "hello" });
        await View(second, "samples", "field");
        await Accept(second, new { @do = "load", run = "A", state = answer["state"] });
        await second.Settled("A", step);
        var loaded = await second.Next(f => f.Step() == step);
        Assert.Equal(frame.Array("samples"), loaded.Array("samples"));
        Assert.Equal(frame.Array("d"), loaded.Array("d"));
    }

    [Fact]
    public async Task Fork_BothRunOn_AreTheSameRun_AndAChangeIsOfOneOnly()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await Run(page, 30);
        await Accept(page, new { @do = "fork", run = "A" });
        await View(page, "samples");
        await Run(page, 10, "B");
        await Run(page, 10);
        var same = await page.Next(f => f.Step() == 40 && f.Step("B") == 40);
        Assert.Equal(same.Array("samples"), same.Array("samples", "B"));
        await page.GoTo(25, "B"); // before the fork: its copies came along
        await Accept(page, new { @do = "set", run = "B", name = "Loss", value = "Hinge" });
        await Run(page, 15, "B");
        var other = await page.Next(f => f.Step("B") == 40);
        Assert.NotEqual(other.Array("samples"), other.Array("samples", "B"));
        Assert.Equal(same.Array("samples"), other.Array("samples"));
        await Accept(page, new { @do = "drop", run = "A" });
        var left = await page.Next(f => f.Header["runs"]!.AsArray().Count == 1);
        Assert.Equal(other.Array("samples", "B"), left.Array("samples"));
    }

    [Fact]
    public async Task Undo_OfAChange_IsTheRunWithoutIt()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await Run(page, 20);
        await View(page, "samples");
        await Accept(page, new { @do = "set", run = "A", name = "Penalty", value = "R1(10)" });
        await Run(page, 20);
        await Accept(page, new { @do = "undo", run = "A" });
        var info = await page.Settled("A", 20);
        Assert.Empty(info["marks"]!.AsArray());
        await Run(page, 20);
        var frame = await page.Next(f => f.Step() == 40);
        using var plain = LiveSetup.Default.Create();
        Assert.Equal(plain.Run(until: 40).Sample(600).data<float>().ToArray(), frame.Array("samples"));
        Assert.NotNull((await page.Ask(new { @do = "undo", run = "A" }))["error"]);
    }

    [Fact]
    public async Task Phases_OfOneUpdate_AreThoseOfTheStepThatFollows_AndLeavingThemLeavesTheRun()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await View(page, "samples");
        await Run(page, 9);
        for (int phase = 1; phase <= 6; phase++)
            Assert.Equal(phase, (await page.Ask(new { @do = "phase", run = "A" }))["phase"]!.GetValue<int>());
        await Run(page, 1); // leaves the slow motion
        var answers = new List<JsonObject>();
        for (int phase = 1; phase <= 8; phase++)
            answers.Add(await page.Ask(new { @do = "phase", run = "A" }));
        var frame = await page.Next(f => f.Step() == 11);
        using var trainer = LiveSetup.Default.Create();
        trainer.Run(until: 10);
        Assert.Equal(Number(answers[2], "loss of D"), LossOfNextDiscriminatorStep(trainer), 1e-4);
        trainer.Run(until: 11);
        Assert.Equal(trainer.Sample(600).data<float>().ToArray(), frame.Array("samples"));
    }

    [Theory]
    [InlineData("""{"do":"set","run":"A","name":"Loss","value":"Hinge Hinge"}""", "Hinge")]
    [InlineData("""{"do":"set","run":"A","name":"Lose","value":"Hinge"}""", "nearest is Loss")]
    [InlineData("""{"do":"set","run":"A","name":"Loss","value":"Wasserstein"}""", "bounds D's slope")]
    [InlineData("""{"do":"set","run":"A","name":"Generator","value":"1000 ReLU"}""", "width 1 to 128")]
    [InlineData("""{"do":"set","run":"A","name":"Target","value":"/etc/passwd"}""", "no data are called")]
    [InlineData("""{"do":"set","run":"A","name":"Target","value":"csv:/etc/passwd"}""", "no data are called")]
    [InlineData("""{"do":"set","run":"A","name":"Target","value":"drawing:1,2;9,9"}""", "coordinates from -3 to 3")]
    [InlineData("""{"do":"set","run":"A","name":"BatchSize","value":"100000"}""", "at most 1024")]
    [InlineData("""{"do":"set","run":"A","name":"Engine","value":"Autograd"}""", "cannot be changed")]
    [InlineData("""{"do":"set","run":"C","name":"Loss","value":"Hinge"}""", "no such run")]
    [InlineData("""{"do":"scrub","run":"A","step":-1}""", "whole number")]
    [InlineData("""{"do":"view","layers":["samples"],"grid":4000,"every":33}""", "from 16 to 96")]
    [InlineData("""{"do":"load","run":"A","state":{"version":1}}""", "no state")]
    [InlineData("""{"do":"load","run":"A","state":{"version":2,"target":"ring","seed":1,"settings":{},"marks":[],"step":0}}""",
        "version 2")]
    [InlineData("""{"do":"load","run":"A","state":{"version":1,"target":"ring","seed":1,"settings":{},"marks":[],"step":2000000}}""",
        "behind the end")]
    [InlineData("""{"do":"fly"}""", "no command")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "no JSON")]
    [InlineData("""{"do":7}""", "must be a text")]
    [InlineData("""{"id":5}""", "names no command")]
    public async Task WrongMessage_IsAnsweredInWords_AndTheRunGoesOn(string text, string expected)
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await Run(page, 3);
        var answer = text.StartsWith('{') && text.Length > 1 && text.Contains("\"do\":\"", StringComparison.Ordinal)
            ? await page.Ask(JsonNode.Parse(text)!)
            : await AnswerTo(page, text);
        Assert.Contains(expected, answer["error"]!.GetValue<string>(), StringComparison.Ordinal);
        await Run(page, 2);
        Assert.Equal(5, (await page.Settled("A", 5))["step"]!.GetValue<int>());
    }

    [Theory]
    [MemberData(nameof(PresetNames))]
    public async Task Preset_Trains_AndShowsAllLayersThatItHas(string name)
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await Accept(page, new { @do = "preset", run = "A", name });
        await View(page, "samples", "field", "warp", "arrows", "truth", "coverage", "spectrum");
        await Run(page, 3);
        var frame = await page.Next(f => f.Step() == 3);
        Assert.All(frame.Array("samples"), v => Assert.True(float.IsFinite(v)));
        Assert.Equal(name != "digits", frame.Has("dstar"));
        Assert.DoesNotContain(page.Events, e => e["event"]!.GetValue<string>() == "failed");
    }

    [Fact]
    public async Task Play_TrainsUntilPause_AndEndsAtTheLastStep()
    {
        using var page = new Page(session);
        await page.Ask(new { @do = "hello" });
        await Accept(page, new { @do = "set", run = "A", name = "Steps", value = "400" });
        await Accept(page, new { @do = "play" });
        await page.Event("ended");
        await page.Settled("A", 400);
    }

    public static TheoryData<string> PresetNames => [.. LiveSession.Presets];

    private static async Task ChangedInManyWays(Page page)
    {
        await Run(page, 10);
        foreach (var (name, value) in new[]
        {
            ("Loss", "LeastSquares"), ("Penalty", "R1R2(0.5)"), ("GeneratorOptimizer", "Momentum(0.01, 0.5)"), ("Packing", "2"),
            ("NoiseDimension", "4"), ("Generator", "16-8 Tanh"), ("Target", "moons"), ("BatchSize", "64"), ("AverageHalfLife", "500"),
            ("InstanceNoise", "InstanceNoise(0.2)"), ("DiscriminatorSteps", "2"), ("Target", "drawing:0,0;1,1;-1,0.5"),
        })
        {
            await Accept(page, new { @do = "set", run = "A", name, value });
            await Run(page, 4);
        }
        await Accept(page, new { @do = "step", run = "A", player = "g" });
        await Run(page, 3);
    }

    internal static async Task Run(Page page, int steps, string run = "A")
    {
        for (int i = 0; i < steps; i++)
            await Accept(page, new { @do = "step", run, player = "both" });
    }

    internal static async Task Accept(Page page, object command)
    {
        var answer = await page.Ask(command);
        Assert.True(answer["error"] is null, $"{JsonSerializer.Serialize(command)}: {answer["error"]}");
    }

    internal static Task View(Page page, params string[] layers) => Accept(page, new { @do = "view", layers, grid = 24, every = 33 });

    private static async Task<JsonObject> AnswerTo(Page page, string text)
    {
        await page.Send(text);
        return await page.Ask(new { @do = "nothing" }) is { } ? new JsonObject { ["error"] = page.LastError } : [];
    }

    private static double LossOfNextDiscriminatorStep(Trainer trainer)
    {
        var position = trainer.Data.Position;
        using var real = trainer.Data.Next(trainer.Config.BatchSize);
        trainer.Data.Seek(position);
        using var noise = new NoiseSource(trainer.Config.Noise, trainer.Config.NoiseDimension, trainer.Config.Seed, 1, CPU);
        using var fake = trainer.Generator.call(noise.Batch(trainer.Step, trainer.Config.BatchSize));
        return new NonSaturatingLoss().Discriminator(trainer.Discriminator.call(real), trainer.Discriminator.call(fake)).item<float>();
    }

    private static double Number(JsonObject phase, string name) => double.Parse(phase["numbers"]!.AsArray()
        .First(n => n![0]!.GetValue<string>() == name)![1]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private static void Near(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
