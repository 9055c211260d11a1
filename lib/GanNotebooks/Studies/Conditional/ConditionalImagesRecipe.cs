using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Networks, data and settings of the conditional GANs between images, and from captions to images. The rows of a task share them, and
/// differ in what the row's name says, and in steps and batches: the row "colour, GAN" and those of captions, but for shuffled
/// pairs, have batches of 64, the others of 32.
/// </summary>
public sealed record ConditionalImagesRecipe
{
    /// <summary>Rows of the task "grey to colour".</summary>
    public const string Colour = "colour, GAN", ColourL1 = "colour, L1", ColourL2 = "colour, L2",
        ColourBlind = "colour, D without condition", ColourShuffled = "colour, shuffled pairs";

    /// <summary>Rows of the task "text to image".</summary>
    public const string Captions = "captions, GAN", CaptionsShuffled = "captions, shuffled pairs",
        CaptionsOneScene = "captions, one scene", CaptionsPlainImages = "captions, images of one scene",
        CaptionsPlainTexts = "captions, texts of one scene", CaptionsAtInput = "captions, code at the input",
        CaptionsMatched = "captions, code at the input, matcher", CaptionsWideNoise = "captions, 64 noise numbers";

    /// <summary>Rows of the task "outline to image", garments.</summary>
    public const string Outlines = "outlines, L1 + GAN", OutlinesGan = "outlines, GAN", OutlinesL1 = "outlines, L1",
        OutlinesL2 = "outlines, L2", OutlinesBlind = "outlines, D without condition", OutlinesShuffled = "outlines, shuffled pairs";

    private const int ImageNoise = 4, CaptionNoise = 32, Code = 32, Matched = 64, ColourWidth = 8, CaptionWidth = 32, OutlineWidth = 16;
    private const int HalfLifeSteps = 100;
    private const double L1Weight = 3;

    /// <summary>The scene of the rows with one scene; its digit is replaced.</summary>
    public static Caption Scene { get; } = new(0, CaptionPlace.Top, CaptionColour.Red, CaptionSize.Large);

    /// <summary>What a row fixes by <see cref="Scene"/>.</summary>
    /// <param name="method">Name of the row.</param>
    public static SceneParts SceneOf(string method) => method switch
    {
        CaptionsOneScene => SceneParts.Both,
        CaptionsPlainImages => SceneParts.Images,
        CaptionsPlainTexts => SceneParts.Texts,
        _ => SceneParts.None,
    };

    /// <summary>All rows, in the order of tables.</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        Colour, ColourL1, ColourL2, ColourBlind, ColourShuffled, Captions, CaptionsShuffled, CaptionsOneScene,
        CaptionsPlainImages, CaptionsPlainTexts, CaptionsAtInput, CaptionsMatched, CaptionsWideNoise,
        Outlines, OutlinesGan, OutlinesL1, OutlinesL2, OutlinesBlind, OutlinesShuffled,
    ];

    /// <summary>
    /// Number of images in a batch; null for that of the study: 64 for <see cref="Colour"/> and the rows of captions, but for
    /// <see cref="CaptionsShuffled"/>, 32 for the others.
    /// </summary>
    public int? Batch { get; init; }

    /// <summary>Number of updates of G; null for the number of the recorded runs.</summary>
    public int? Steps { get; init; }

    /// <summary>The task of a row.</summary>
    /// <param name="method">Name of the row.</param>
    /// <exception cref="ArgumentException">No row has this name.</exception>
    public static ConditionalTask TaskOf(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!Methods.Contains(method))
            throw new ArgumentException($"no row is called '{method}'; there are {string.Join("; ", Methods)}", nameof(method));
        return method.StartsWith("colour", StringComparison.Ordinal) ? ConditionalTask.Colour
            : method.StartsWith("captions", StringComparison.Ordinal) ? ConditionalTask.Captions
            : ConditionalTask.Outlines;
    }

    /// <summary>The generator of a row at its start.</summary>
    /// <param name="method">Name of the row.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static ConditionalNetwork CreateGenerator(string method, int seed)
    {
        using var weights = new Generator((ulong)seed);
        return CreateGenerator(method, weights);
    }

    /// <summary>The pairs of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="images">Digits, or garments for outlines.</param>
    /// <param name="seed">Seed of the pairs.</param>
    public static DrawnPairs Pairs(ConditionalTask task, ImageDataset images, int seed) => task switch
    {
        ConditionalTask.Colour => new ColouredDigits(images, seed),
        ConditionalTask.Captions => new CaptionedDigits(images, seed),
        ConditionalTask.Outlines => new OutlinedImages(images, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, $"unknown task {task}."),
    };

    /// <summary>The settings of a run.</summary>
    /// <param name="method">Name of the row.</param>
    /// <param name="seed">Seed of the noise.</param>
    public TrainingConfig Config(string method, int seed)
    {
        var task = TaskOf(method);
        int batch = Batch ?? (method == Colour || task == ConditionalTask.Captions && method != CaptionsShuffled ? 64 : 32);
        var plain = new TrainingConfig
        {
            Steps = Steps ?? DefaultSteps(method), BatchSize = batch, Seed = seed, RecordEvery = 50, FinalLearningRate = 0.02,
            NoiseDimension = NoiseOf(method), AverageHalfLife = HalfLifeSteps * batch,
            DiscriminatorOptimizer = new AdamConfig(1e-3), GeneratorOptimizer = new AdamConfig(1e-3),
        };
        return method switch
        {
            ColourL1 or OutlinesL1 => plain with { Reconstruction = new(1, PairDistance.L1, AdversarialWeight: 0) },
            ColourL2 or OutlinesL2 => plain with { Reconstruction = new(1, PairDistance.L2, AdversarialWeight: 0) },
            CaptionsMatched => plain with { Matching = new(1) },
            Outlines => plain with { Reconstruction = new(L1Weight) },
            _ => plain,
        };
    }

    /// <summary>Creates a trainer at the start of a run.</summary>
    /// <param name="method">Name of the row.</param>
    /// <param name="images">Digits, or garments for outlines.</param>
    /// <param name="seed">Seed of weights, noise and pairs.</param>
    public Trainer Create(string method, ImageDataset images, int seed)
    {
        var task = TaskOf(method);
        using var weights = new Generator((ulong)seed);
        var generator = CreateGenerator(method, weights);
        var discriminator = CreateDiscriminator(task, method is ColourBlind or OutlinesBlind, weights);
        if (method == CaptionsMatched)
        {
            discriminator = new MatchingDiscriminator(discriminator, new PooledFeatures(3, CaptionWidth, Matched).UniformFanIn(weights),
                new CaptionEncoder(Caption.Vocabulary.Count, Matched).UniformFanIn(weights));
        }
        IConditionedBatches pairs = SceneOf(method) is not SceneParts.None and var parts
            ? new CaptionedDigits(images, seed) { Scene = Scene, SceneIn = parts }
            : Pairs(task, images, seed);
        if (method is ColourShuffled or CaptionsShuffled or OutlinesShuffled)
            pairs = new ShuffledPairs(pairs);
        return new Trainer(Config(method, seed), generator, discriminator, pairs, CPU);
    }

    // Without an adversary there is nothing to wait for.
    private static int DefaultSteps(string method) => method switch
    {
        ColourL1 or ColourL2 => 800,
        Colour => 5000,
        ColourBlind or ColourShuffled => 1200,
        Captions or CaptionsOneScene or CaptionsPlainImages or CaptionsPlainTexts or CaptionsAtInput or CaptionsMatched
            or CaptionsWideNoise => 4000,
        CaptionsShuffled => 1500,
        Outlines or OutlinesGan or OutlinesL1 or OutlinesL2 or OutlinesBlind or OutlinesShuffled => 3000,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "unknown row"),
    };

    private static int NoiseOf(string method) => TaskOf(method) != ConditionalTask.Captions ? ImageNoise
        : method == CaptionsWideNoise ? CaptionNoise + Code : CaptionNoise;

    private static ConditionalNetwork CreateGenerator(string method, Generator weights) => TaskOf(method) switch
    {
        ConditionalTask.Colour => new UNetGenerator(1, 3, noise: ImageNoise, width: ColourWidth).Dcgan(weights),
        ConditionalTask.Outlines => new UNetGenerator(1, 1, noise: ImageNoise, width: OutlineWidth).Dcgan(weights),
        _ => new EncodedCondition(new CaptionEncoder(Caption.Vocabulary.Count, Code).UniformFanIn(weights),
            method is CaptionsAtInput or CaptionsMatched
                ? new ConditionAtInput(CaptionLayers(NoiseOf(method) + Code, weights))
                : CaptionLayers(NoiseOf(method), weights)),
    };

    private static ConditionalDcganGenerator CaptionLayers(int inputs, Generator weights) =>
        new ConditionalDcganGenerator(Code, channels: 3, noise: inputs, width: CaptionWidth).Dcgan(weights);

    private static ConditionalNetwork CreateDiscriminator(ConditionalTask task, bool blind, Generator weights)
    {
        if (task == ConditionalTask.Captions)
        {
            var features = new DcganFeatures(channels: 3, width: CaptionWidth);
            return new EncodedCondition(new CaptionEncoder(Caption.Vocabulary.Count, Code).UniformFanIn(weights),
                new ProjectionDiscriminator(features, features.Count, Code).Dcgan(weights));
        }
        var (channels, width) = task == ConditionalTask.Colour ? (3, 2 * ColourWidth) : (1, 2 * OutlineWidth);
        return blind
            ? new IgnoredCondition(new PatchDiscriminator(channels, width: width).Dcgan(weights))
            : new ConcatenatedCondition(new PatchDiscriminator(channels + 1, width: width).Dcgan(weights));
    }
}

/// <summary>The tasks of <see cref="ConditionalImagesRecipe"/>.</summary>
public enum ConditionalTask
{
    /// <summary>From a grey digit to a red or blue one.</summary>
    Colour,

    /// <summary>From a caption to an image.</summary>
    Captions,

    /// <summary>From an outline to a garment.</summary>
    Outlines,
}
