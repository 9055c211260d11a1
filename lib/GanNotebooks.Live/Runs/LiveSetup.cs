using System.Globalization;
using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Live;

/// <summary>Everything that a run of the page depends on at one moment. It is plain data; <see cref="Create"/> makes the players.</summary>
/// <param name="Target">The data.</param>
/// <param name="Seed">Seed of the data order, the noise and the initial weights.</param>
/// <param name="Generator">Shape of G.</param>
/// <param name="Discriminator">Shape of D.</param>
/// <param name="Config">The settings of the training.</param>
internal sealed record LiveSetup(LiveTarget Target, int Seed, NetworkShape Generator, NetworkShape Discriminator, TrainingConfig Config)
{
    /// <summary>Names of the settings that the page has besides those of the library.</summary>
    public const string TargetName = "Target", SeedName = "Seed", GeneratorName = "Generator", DiscriminatorName = "Discriminator";

    // What is held between these bounds cannot stop the page for long.
    private const int MaxBatch = 1024, MaxNoise = 64, MaxSteps = 1_000_000, MaxPlayerSteps = 20, MaxPacking = 8, MaxUnrolled = 10;

    private static readonly string[] Fixed = [nameof(TrainingConfig.RecordEvery), nameof(TrainingConfig.Engine),
        nameof(TrainingConfig.Augmentation), nameof(TrainingConfig.Reconstruction), nameof(TrainingConfig.Matching),
        nameof(TrainingConfig.AuxiliaryWeight), nameof(TrainingConfig.Seed)];

    /// <summary>The start of the page: a ring of eight, small networks, equal rates.</summary>
    public static LiveSetup Default { get; } = Usual(LiveTarget.Named("ring"), 2014);

    /// <summary>The usual networks and settings for some data.</summary>
    public static LiveSetup Usual(LiveTarget target, int seed) => target.Kind == LiveKind.Images
        ? new LiveSetup(target, seed, NetworkShape.Parse("DCGAN 8"), NetworkShape.Parse("DCGAN 8"), new TrainingConfig
        {
            Steps = 20_000, BatchSize = 32, NoiseDimension = 32, Seed = seed, DiscriminatorOptimizer = new AdamConfig(2e-4),
            GeneratorOptimizer = new AdamConfig(1e-3),
        })
        : new LiveSetup(target, seed, NetworkShape.Parse(target.Kind == LiveKind.Line ? "24-24 Tanh" : "32-32 ReLU"),
            NetworkShape.Parse(target.Kind == LiveKind.Line ? "24-24 Tanh" : "32-32 ReLU"), new TrainingConfig
            {
                Steps = 100_000, BatchSize = 128, NoiseDimension = target.Dimension, Seed = seed,
                DiscriminatorOptimizer = new AdamConfig(1e-3), GeneratorOptimizer = new AdamConfig(1e-3),
            });

    /// <summary>All settings by name.</summary>
    public SettingList All => new(
        [
            new(TargetName, Target.Name), new(SeedName, Seed.ToString(CultureInfo.InvariantCulture)),
            new(GeneratorName, Generator.ToString()), new(DiscriminatorName, Discriminator.ToString()),
            .. ConfigSettings.Of(Config).Where(s => !Fixed.Contains(s.Key)),
        ]);

    /// <summary>The settings that differ from the usual ones for these data.</summary>
    public SettingList Own
    {
        get
        {
            var usual = Usual(Target, Seed);
            return new SettingList(
                [
                    .. Pair(GeneratorName, Generator, usual.Generator), .. Pair(DiscriminatorName, Discriminator, usual.Discriminator),
                    .. ConfigSettings.Differences(usual.Config, Config),
                ]);

            static IEnumerable<KeyValuePair<string, string>> Pair(string name, NetworkShape here, NetworkShape there) =>
                here == there ? [] : [new(name, here.ToString())];
        }
    }

    /// <summary>Whether a change to other settings begins a new run instead of continuing this one.</summary>
    public bool IsAnotherRun(LiveSetup next) => next.Seed != Seed || next.Target.Kind != Target.Kind;

    /// <summary>Returns the setup with one setting changed.</summary>
    /// <param name="name">One of the names of <see cref="All"/>.</param>
    /// <param name="value">The value as text.</param>
    /// <param name="others">Data besides the page's own.</param>
    /// <exception cref="ArgumentException">The name or the value is wrong, or the settings make no sense together.</exception>
    public LiveSetup With(string name, string value, IReadOnlyList<LiveTarget>? others = null)
    {
        var next = name switch
        {
            TargetName => WithTarget(LiveTarget.Named(value, others)),
            SeedName => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seed)
                ? this with { Seed = seed, Config = Config with { Seed = seed } }
                : throw new ArgumentException($"a seed is a whole number from 0 to {int.MaxValue}"),
            GeneratorName => this with { Generator = NetworkShape.Parse(value) },
            DiscriminatorName => this with { Discriminator = NetworkShape.Parse(value) },
            _ when Fixed.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase) =>
                throw new ArgumentException($"{name.Split('.')[0]} cannot be changed here"),
            _ => this with { Config = ConfigSettings.Apply(Config, new SettingList([new(name, value)])) },
        };
        next.Require();
        return next;
    }

    /// <summary>Returns the setup with several settings changed; their order does not matter.</summary>
    /// <exception cref="ArgumentException">A name or a value is wrong, or the settings make no sense together.</exception>
    public LiveSetup With(SettingList settings)
    {
        var next = this;
        if (settings.TryGetValue(GeneratorName, out string? generator))
            next = next with { Generator = NetworkShape.Parse(generator) };
        if (settings.TryGetValue(DiscriminatorName, out string? discriminator))
            next = next with { Discriminator = NetworkShape.Parse(discriminator) };
        var rest = new SettingList(settings.Where(s => s.Key is not (GeneratorName or DiscriminatorName)));
        if (rest.Keys.FirstOrDefault(k => Fixed.Contains(k.Split('.')[0], StringComparer.OrdinalIgnoreCase)) is { } odd)
            throw new ArgumentException($"{odd.Split('.')[0]} cannot be changed here");
        next = next with { Config = ConfigSettings.Apply(next.Config, rest) };
        next.Require();
        return next;
    }

    /// <summary>Makes the players at the start of a run.</summary>
    public Trainer Create()
    {
        using var weights = new Generator((ulong)Seed);
        return new Trainer(Config, Generator.Generator(Config.NoiseDimension, Target.Dimension, weights),
            Discriminator.Discriminator(Target.Dimension, Config.Packing, weights), Target.Create(Seed));
    }

    /// <summary>Continues a run with other settings. A network whose shape changes starts with new weights, drawn by seed and
    /// step.</summary>
    /// <param name="trainer">The run so far, which is disposed.</param>
    /// <param name="next">The settings from now on.</param>
    /// <exception cref="ArgumentException">The settings contradict each other; the trainer is unchanged.</exception>
    public Trainer Continue(Trainer trainer, LiveSetup next)
    {
        using var weights = new Generator((ulong)(next.Seed + trainer.Step));
        bool newData = next.Target != Target;
        var (generator, discriminator) = (NewGenerator(next), NewDiscriminator(next));
        return trainer.Continue(next.Config,
            generator ? next.Generator.Generator(next.Config.NoiseDimension, next.Target.Dimension, weights) : null,
            discriminator ? next.Discriminator.Discriminator(next.Target.Dimension, next.Config.Packing, weights) : null,
            newData ? next.Target.Create(next.Seed) : null);
    }

    /// <summary>Whether G gets new weights with other settings.</summary>
    public bool NewGenerator(LiveSetup next) =>
        next.Generator != Generator || next.Config.NoiseDimension != Config.NoiseDimension || next.Target.Kind != Target.Kind;

    /// <summary>Whether D gets new weights with other settings.</summary>
    public bool NewDiscriminator(LiveSetup next) =>
        next.Discriminator != Discriminator || next.Config.Packing != Config.Packing || next.Target.Kind != Target.Kind;

    private LiveSetup WithTarget(LiveTarget target) => target.Kind == Target.Kind ? this with { Target = target } : Usual(target, Seed);

    // Settings that a run may have, and whose step takes no longer than the page can wait.
    private void Require()
    {
        Config.Validate();
        Bound(nameof(Config.BatchSize), Config.BatchSize, MaxBatch);
        Bound(nameof(Config.NoiseDimension), Config.NoiseDimension, MaxNoise);
        Bound(nameof(Config.Steps), Config.Steps, MaxSteps);
        Bound(nameof(Config.DiscriminatorSteps), Config.DiscriminatorSteps, MaxPlayerSteps);
        Bound(nameof(Config.Packing), Config.Packing, MaxPacking);
        Bound(nameof(Config.UnrolledSteps), Config.UnrolledSteps, MaxUnrolled);
        bool images = Target.Kind == LiveKind.Images;
        if (Generator.IsConvolutional != images || Discriminator.IsConvolutional != images)
            throw new ArgumentException(images ? "digits need networks such as DCGAN 8" : "points need networks such as 32-32 ReLU");
        if (images && Config.Penalty is not null)
        {
            throw new ArgumentException(
                "the page's discriminator of digits normalises by batches, and a penalty on the slope needs one that "
                + "does not");
        }

        if (Config.Loss is WassersteinLoss && Config.Penalty is null && Config.WeightClip == 0)
        {
            throw new ArgumentException("the Wasserstein loss needs something that bounds D's slope: set a penalty, such as Gradient, or "
                + "WeightClip first");
        }

        if (Config.Penalty is ZeroCenteredGradientPenalty { OnReal: < 0 } or ZeroCenteredGradientPenalty { OnFake: < 0 })
            throw new ArgumentException("the weight of a penalty is not negative");

        static void Bound(string name, int value, int most)
        {
            if (value > most)
                throw new ArgumentException($"{name} is at most {most} here");
        }
    }
}
