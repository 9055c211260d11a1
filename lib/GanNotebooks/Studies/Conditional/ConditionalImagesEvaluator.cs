using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Measures conditional generators on conditions made from test images. A generator is a function from (z, c) to samples, so that data,
/// stored answers and closed forms can be measured in the same way.
/// </summary>
public sealed class ConditionalImagesEvaluator : IDisposable
{
    /// <summary>Number of conditions, and of samples for each of the first hundred of them.</summary>
    public const int Conditions = 1000, Repeated = 100, Draws = 16;

    private const long DataSeed = 4242;
    private const int CaptionSeed = 4243;

    private readonly ConditionalTask task;
    private readonly FeatureNetwork network;
    private readonly Tensor real, conditions;
    private readonly Caption[] known = [], heldOut = [];

    /// <summary>Prepares the conditions of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="test">Test images: digits, or garments for outlines.</param>
    /// <param name="scene">For captions: what <see cref="ConditionalImagesRecipe.Scene"/> fixes. With fixed texts no pair is held
    /// out.</param>
    public ConditionalImagesEvaluator(ConditionalTask task, ImageDataset test, SceneParts scene = SceneParts.None)
    {
        this.task = task;
        network = task == ConditionalTask.Outlines ? RecordedClassifier.Fashion() : RecordedClassifier.Digits();
        using var scope = NewDisposeScope();
        using var pairs = ConditionalImagesRecipe.Pairs(task, test, (int)DataSeed);
        if (task == ConditionalTask.Captions)
        {
            var random = new SeededRandom(CaptionSeed);
            (known, heldOut) = (CaptionedDigits.RandomCaptions(random, Conditions, false),
                CaptionedDigits.RandomCaptions(random, Conditions, true));
            if (scene.HasFlag(SceneParts.Texts))
                (known, heldOut) = (InScene(known), []);
            conditions = CaptionedDigits.Conditions(known.Concat(heldOut).Select((c, n) => c.ToText(n % 2 == 1))).DetachFromDisposeScope();
            Caption[] said = [.. known, .. heldOut];
            real = ((CaptionedDigits)pairs).Render(random, scene.HasFlag(SceneParts.Images) ? InScene(said) : said)
                .DetachFromDisposeScope();
            return;
        }
        var (samples, given) = pairs.SamplePairs(Conditions, 0);
        (real, conditions) = (samples.DetachFromDisposeScope(), given.DetachFromDisposeScope());
    }

    /// <summary>The conditions, [1000, ...]; for captions [2000, 8], first pairs of the training, then held-out ones.</summary>
    public Tensor Given => conditions;

    /// <summary>The real images of the conditions.</summary>
    public Tensor Real => real;

    /// <summary>The captions with pairs of the training, in the order of the first thousand conditions.</summary>
    public IReadOnlyList<Caption> Known => known;

    /// <summary>The captions that were held out, in the order of the second thousand conditions.</summary>
    public IReadOnlyList<Caption> HeldOut => heldOut;

    /// <summary>Measures the averaged generator of a run.</summary>
    /// <param name="trainer">The run.</param>
    public ConditionalImagesEvaluation Evaluate(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return Evaluate((given, index) => trainer.Sample(given, index, averaged: true), trainer.Step);
    }

    /// <summary>Measures a recorded generator.</summary>
    /// <param name="sampler">The generator with its noise.</param>
    public ConditionalImagesEvaluation Evaluate(ConditionalSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return Evaluate((given, index) => sampler.Draw(given, seed: index + 1), 0);
    }

    /// <summary>Measures any way of answering conditions.</summary>
    /// <param name="answer">Maps conditions [N, ...] and the number of the noise to images [N, ...], which this method disposes.</param>
    /// <param name="step">Number of updates so far.</param>
    public ConditionalImagesEvaluation Evaluate(Func<Tensor, int, Tensor> answer, int step)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var once = answer(conditions, 0); // [N, ...]
        var repeated = answer(conditions.narrow(0, 0, Repeated).repeat_interleave(Draws, dim: 0), 1)
            .view([Repeated, Draws, .. once.shape[1..]]); // [C, Z, ...]
        var measures = task switch
        {
            ConditionalTask.Colour => OfColour(once, repeated),
            ConditionalTask.Captions => OfCaptions(once),
            _ => OfOutlines(once),
        };
        measures["spread over z"] = SpreadOverNoise.Of(repeated);
        return new(step, measures);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        real.Dispose();
        conditions.Dispose();
    }

    private Dictionary<string, double> OfColour(Tensor once, Tensor repeated)
    {
        var law = ColourLaw.Of(once);
        var (squared, absolute) = ColourLaw.Errors(once, real);
        var grey = once.amax([1L], keepdim: true); // [N, 1, H, W]
        var ink = (repeated + 1).sum([3L, 4L]); // [C, Z, 3]
        var red = ink.select(2, 0).gt(ink.select(2, 2)); // [C, Z]
        var both = red.any(1).logical_and(red.logical_not().any(1));
        return new()
        {
            ["red"] = law.Red, ["blue"] = law.Blue, ["mixed"] = law.Mixed, ["mean red"] = law.MeanColour[0],
            ["mean green"] = law.MeanColour[1], ["mean blue"] = law.MeanColour[2], ["squared error"] = squared,
            ["absolute error"] = absolute, ["both colours"] = both.to(float32).mean().item<float>(),
            ["same class"] = SameClass(grey, conditions), ["red of clear"] = law.RedOfClear,
        };
    }

    private Dictionary<string, double> OfCaptions(Tensor once)
    {
        var reader = new CaptionReader(network);
        var measures = new Dictionary<string, double>();
        foreach (var (name, captions, from) in new[] { ("known", known, 0), ("held out", heldOut, Conditions) })
        {
            if (captions.Length == 0)
                continue;
            var agreement = CaptionAgreement.Of(captions, reader.Read(once.narrow(0, from, Conditions)));
            measures[$"{name}: digit and place"] = agreement.DigitAndPlace;
            measures[$"{name}: digit"] = agreement.Digit;
            measures[$"{name}: place"] = agreement.Place;
            measures[$"{name}: colour"] = agreement.Colour;
            measures[$"{name}: size"] = agreement.Size;
        }
        return measures;
    }

    private Dictionary<string, double> OfOutlines(Tensor once)
    {
        var difference = once - real;
        using var features = network.Features(once);
        using var truth = network.Features(real);
        return new()
        {
            ["absolute error"] = difference.abs().mean().item<float>(), ["squared error"] = difference.square().mean().item<float>(),
            ["same class"] = SameClass(once, real), ["Fréchet distance"] = FrechetDistance.Between(features, truth).Value,
            ["sharpness"] = Slope(once) / Slope(real),
        };
    }

    private static Caption[] InScene(IEnumerable<Caption> captions) =>
        [.. captions.Select(c => ConditionalImagesRecipe.Scene with { Digit = c.Digit })];

    private double SameClass(Tensor images, Tensor others) =>
        network.Logits(images).argmax(1).eq(network.Logits(others).argmax(1)).to(float32).mean().item<float>();

    // Mean absolute difference of neighbouring pixels.
    private static double Slope(Tensor images) =>
        images.diff(1, 2).abs().mean().item<float>() + images.diff(1, 3).abs().mean().item<float>();
}
