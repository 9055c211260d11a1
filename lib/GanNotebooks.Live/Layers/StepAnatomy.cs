using System.Globalization;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Live;

/// <summary>
/// One update in slow motion: eight phases with the numbers of the batches that the trainer takes next. The update itself is made at the
/// end,
/// by the trainer; until then the run can be put back as it was.
/// </summary>
internal sealed class StepAnatomy : IDisposable
{
    private const int Phases = 8, ShownPoints = 64, DiscriminatorNoise = 1, GeneratorNoise = 2;

    private readonly LiveRun run;
    private readonly TrainerSnapshot before;
    private readonly Tensor real, fake;
    private int phase;

    /// <summary>Looks at the next update of a run.</summary>
    /// <exception cref="ArgumentException">The run is of images, or has ended.</exception>
    public StepAnatomy(LiveRun run)
    {
        if (run.Setup.Target.Kind == LiveKind.Images)
            throw new ArgumentException("slow motion shows points; it is not for images");
        if (run.HasEnded)
            throw new ArgumentException("the run has reached its last step");
        this.run = run;
        before = TrainerSnapshot.Of(run.Trainer);
        var position = run.Trainer.Data.Position;
        real = run.Trainer.Data.Next(Config.BatchSize).DetachFromDisposeScope();
        run.Trainer.Data.Seek(position);
        fake = Fakes(DiscriminatorNoise, run.Trainer.Players.DiscriminatorOptimizer.Updates).DetachFromDisposeScope();
    }

    /// <summary>Whether the update has been made.</summary>
    public bool IsOver => phase == Phases;

    private TrainingConfig Config => run.Setup.Config;

    private bool AtOnce => Config.Order is UpdateOrder.Simultaneous;

    /// <summary>The next phase.</summary>
    public JsonObject Next()
    {
        using var scope = NewDisposeScope();
        phase++;
        var answer = phase switch
        {
            1 => Of("data", "A batch of data", @"x_1, \dots, x_m \sim p_\text{data}",
                [("m", Config.BatchSize)], Points("points", real)),
            2 => Of("noise", "Noise becomes fakes", @"z_i \sim p_z, \quad \tilde x_i = G(z_i)",
                [("numbers in one z", Config.NoiseDimension)], Points("points", real), Points("fakes", fake)),
            3 => Judged(),
            4 => SlopeOfDiscriminator(),
            5 => DiscriminatorMoves(),
            6 => Of("noise2", "New noise for G", AtOnce ? @"\text{both players use the same batch}"
                : @"z'_i \sim p_z, \quad \tilde x'_i = G(z'_i)",
                [("m", Config.BatchSize)], Points("fakes", NewFakes())),
            7 => GeneratorLooks(),
            _ => Finish(),
        };
        return answer;
    }

    /// <summary>Puts the run back as it was, unless the update has been made.</summary>
    public void Dispose()
    {
        if (!IsOver)
            before.Restore(run.Trainer);
        before.Dispose();
        real.Dispose();
        fake.Dispose();
    }

    private JsonObject Judged()
    {
        var (loss, penalty, onReal, onFake) = DiscriminatorLoss();
        return Of("judge", "D judges both", @"D(x) = \sigma(\ell(x)), \qquad L_D = \text{the loss of the logits on data and on fakes}",
            [("mean D on data", Mean(sigmoid(onReal))), ("mean D on fakes", Mean(sigmoid(onFake))), ("loss of D", Mean(loss)),
                ("penalty", penalty is null ? 0 : Mean(penalty))],
            Points("points", real), Points("fakes", fake));
    }

    private JsonObject SlopeOfDiscriminator()
    {
        var (loss, penalty, _, _) = DiscriminatorLoss();
        return Of("slopeD", "The slope of D's loss", @"g_D = \nabla_\psi \left( L_D + \text{penalty} \right)",
            [("length of the gradient", Norm(penalty is null ? loss : loss + penalty, run.Trainer.Discriminator)),
                ("parameters of D", run.Trainer.Discriminator.parameters().Sum(p => p.numel()))]);
    }

    private JsonObject DiscriminatorMoves()
    {
        using var old = cat([.. run.Trainer.Discriminator.parameters().Select(p => p.detach().flatten())]).clone();
        double lossBefore = Mean(DiscriminatorLoss().Loss);
        run.Trainer.DiscriminatorStep();
        using var now = cat([.. run.Trainer.Discriminator.parameters().Select(p => p.detach().flatten())]);
        double moved = (now - old).norm().item<float>(), lossAfter = Mean(DiscriminatorLoss().Loss);
        string k = Config.DiscriminatorSteps > 1
            ? string.Create(CultureInfo.InvariantCulture, $"D moves, the first of {Config.DiscriminatorSteps} times") : "D moves";
        return Of("moveD", k, @"\psi \leftarrow \psi - \text{optimiser}(g_D)",
            [("way of the parameters", moved), ("loss on this batch before", lossBefore), ("and after", lossAfter)]);
    }

    private JsonObject GeneratorLooks()
    {
        if (AtOnce)
            before.Restore(run.Trainer); // both gradients are taken before either player moves
        var fakes = NewFakes();
        int count = Math.Min(ShownPoints, Config.BatchSize) / Config.Packing * Config.Packing;
        var arrows = LossArrows.Of(run.Trainer, fakes[..count], real[..count]);
        using var graph = NewDisposeScope();
        var loss = GeneratorLoss(fakes);
        var answer = Of("lookG", "G's loss, and where it pulls the fakes", @"L_G, \qquad -\nabla_{\tilde x} L_G",
            [("loss of G", Mean(loss)), ("longest arrow", arrows.Longest),
                ("length of the gradient", Norm(GeneratorLoss(run.Trainer.Players.Generate(NewNoise())), run.Trainer.Generator))],
            Points("fakes", fakes));
        int d = run.Setup.Target.Dimension;
        answer["arrays"]!["arrows"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => new JsonArray(
            [.. arrows.At.Skip(i * d).Take(d).Concat(arrows.Chosen.Skip(i * d).Take(d)).Select(v => Finite.Of(v))]))]);
        return answer;
    }

    private JsonObject Finish()
    {
        before.Restore(run.Trainer);
        run.Advance(run.Step + 1);
        return Of("moveG", AtOnce ? "Both move at once" : "G moves", @"\theta \leftarrow \theta - \text{optimiser}(g_G)",
            [("step", run.Step), ("loss of G on the old fakes' noise now", Mean(GeneratorLoss(NewFakes(run.Step - 1))))],
            Points("fakes", NewFakes(run.Step - 1)));
    }

    private (Tensor Loss, Tensor? Penalty, Tensor OnReal, Tensor OnFake) DiscriminatorLoss()
    {
        var (x, g) = (Packed(real), Packed(fake));
        var (onReal, onFake) = (run.Trainer.Discriminate(x), run.Trainer.Discriminate(g));
        using var random = new Generator((ulong)Config.Seed);
        return (Config.Loss.Discriminator(onReal, onFake), Config.Penalty?.Value(t => run.Trainer.Discriminate(t), x, g, random), onReal,
            onFake);
    }

    private Tensor GeneratorLoss(Tensor fakes)
    {
        var onFake = run.Trainer.Discriminate(Packed(fakes));
        return Config.Loss.Generator(Config.Loss.GeneratorNeedsReal ? run.Trainer.Discriminate(Packed(real)) : onFake, onFake);
    }

    private Tensor Packed(Tensor x) => Regularizers.Packing.Pack(x, Config.Packing);

    private Tensor Noise(int purpose, long index)
    {
        using var source = new NoiseSource(Config.Noise, Config.NoiseDimension, Config.Seed, purpose, CPU);
        return source.Batch(index, Config.BatchSize);
    }

    private Tensor NewNoise() => Noise(GeneratorNoise, run.Step);

    private Tensor Fakes(int purpose, long index) => Without.Gradient(() => run.Trainer.Players.Generate(Noise(purpose, index)));

    private Tensor NewFakes(int? step = null) => Fakes(GeneratorNoise, step ?? run.Step);

    private static double Mean(Tensor values) => values.mean().item<float>();

    private static double Norm(Tensor loss, nn.Module network) => Math.Sqrt(Gradient.Of(loss, [.. network.parameters()])
        .Sum(g => Math.Pow(g.norm().item<float>(), 2)));

    private static (string, JsonNode) Points(string name, Tensor points)
    {
        float[] values = points.detach().contiguous().data<float>().ToArray();
        int d = (int)points.size(1), count = Math.Min(ShownPoints, values.Length / d);
        return (name, new JsonArray([.. Enumerable.Range(0, count)
            .Select(i => new JsonArray([.. values.Skip(i * d).Take(d).Select(v => Finite.Of(v))]))]));
    }

    private JsonObject Of(string name, string title, string formula, (string, double)[] numbers,
        params (string Name, JsonNode Values)[] arrays)
    {
        var lists = new JsonObject();
        foreach (var (key, values) in arrays)
            lists[key] = values;
        return new JsonObject
        {
            ["phase"] = phase, ["of"] = Phases, ["name"] = name, ["title"] = title, ["formula"] = formula,
            ["numbers"] = new JsonArray(
                [.. numbers.Select(n => new JsonArray(n.Item1, n.Item2.ToString("G5", CultureInfo.InvariantCulture)))]),
            ["arrays"] = lists,
        };
    }
}
