using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// From text to image in a toy language: the condition is a caption such as "a small red seven at the left" as tokens, the sample is an
/// image of such a digit on a canvas of 28 × 28 pixels in colour. Size and colour are left out of a quarter of the captions each; then any
/// of them is right.
/// </summary>
/// <remarks>
/// Eight of the forty pairs of digit and place never occur (<see cref="HeldOut"/>): a network that has learned the words, and not the
/// pictures by heart, draws them all the same. After the captions of Mansimov and others (2016), section 4.1.
/// </remarks>
public sealed class CaptionedDigits : DrawnPairs
{
    /// <summary>Side of the canvas, in pixels.</summary>
    public const int Side = 28;

    /// <summary>Probability with which a caption leaves out the size, and likewise the colour.</summary>
    public const double OmittedShare = 0.25;

    private const int Channels = 3, Margin = 4, Inner = 20, Jitter = 1, Digits = 10;

    private readonly ImageDataset images;
    private readonly int[][] byClass;

    /// <summary>Creates the source.</summary>
    /// <param name="images">Digits, [28, 28], all ten classes.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    /// <exception cref="ArgumentException">The images have another size, or a class is empty.</exception>
    public CaptionedDigits(ImageDataset images, long seed = 0, torch.Device? device = null)
        : base(seed, device)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Height != Side || images.Width != Side || images.ClassNames.Count != Digits || images.CountByLabel().Contains(0))
        {
            throw new ArgumentException($"expected images of {Side} x {Side} pixels in ten classes, none empty, got "
                + $"{images.Height} x {images.Width} and {string.Join(", ", images.CountByLabel())}.", nameof(images));
        }
        this.images = images;
        byte[] labels = images.Labels.ToArray();
        byClass = [.. Enumerable.Range(0, Digits).Select(c => Enumerable.Range(0, labels.Length).Where(n => labels[n] == c).ToArray())];
    }

    /// <summary>The pairs of digit and place that never occur: 0 left, 1 right, 2 top, 3 bottom, 4 left, ... 7 bottom.</summary>
    public static IReadOnlyList<(int Digit, CaptionPlace Place)> HeldOut { get; } =
        [.. Enumerable.Range(0, 8).Select(digit => (digit, (CaptionPlace)(digit % 4)))];

    /// <summary>
    /// Place, size and colour of all <see cref="SceneIn"/>: a control. Null for captions at random and images that follow them.
    /// </summary>
    public Caption? Scene { get; init; }

    /// <summary>
    /// What <see cref="Scene"/> fixes. If it is both, no pair of digit and place is held out. If it is one of them, the other one is drawn
    /// as without a scene, and the two agree in the digit only.
    /// </summary>
    public SceneParts SceneIn { get; init; } = SceneParts.Both;

    /// <inheritdoc/>
    public override string Name => (Scene is null ? "captioned " : $"captioned, one scene ({SceneIn}), ") + images.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [Channels, Side, Side];

    /// <inheritdoc/>
    public override IReadOnlyList<long> ConditionShape => [Caption.Length];

    /// <summary>The centre of a place: row and column, in pixels.</summary>
    /// <param name="place">The place.</param>
    public static (double Row, double Column) Centre(CaptionPlace place) => place switch
    {
        CaptionPlace.Left => (14, 8),
        CaptionPlace.Right => (14, 20),
        CaptionPlace.Top => (8, 14),
        CaptionPlace.Bottom => (20, 14),
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, $"unknown place {place}."),
    };

    /// <summary>Captions as conditions.</summary>
    /// <param name="texts">Texts of the language.</param>
    /// <returns>float32 [N, 8]; the caller disposes it.</returns>
    public static Tensor Conditions(IEnumerable<string> texts)
    {
        float[][] tokens = [.. texts.Select(Caption.Tokens)];
        return tensor(tokens.SelectMany(t => t).ToArray(), [tokens.Length, Caption.Length]);
    }

    /// <summary>Draws captions at random, whose pairs of digit and place are the ones held out or the ones trained.</summary>
    /// <param name="random">Where the randomness comes from.</param>
    /// <param name="count">The number of captions.</param>
    /// <param name="heldOut">Which pairs.</param>
    public static Caption[] RandomCaptions(SeededRandom random, int count, bool heldOut)
    {
        ArgumentNullException.ThrowIfNull(random);
        return [.. Enumerable.Range(0, count).Select(_ => RandomCaption(random, heldOut))];
    }

    /// <summary>Draws an image for each caption; what a caption leaves out is drawn at random, too.</summary>
    /// <param name="random">Where the randomness comes from.</param>
    /// <param name="captions">The captions.</param>
    /// <returns>float32 [N, 3, 28, 28] in [-1, 1]; the caller disposes it.</returns>
    public Tensor Render(SeededRandom random, IReadOnlyList<Caption> captions)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(captions);
        using var scope = NewDisposeScope();
        int[] indices = [.. captions.Select(c => byClass[c.Digit][random.NextInt(byClass[c.Digit].Length)])];
        var inner = Gather(images, indices).narrow(2, Margin, Inner).narrow(3, Margin, Inner); // [N, 1, 20, 20]
        var bySize = Enum.GetValues<CaptionSize>().ToDictionary(size => size,
            size => nn.functional.adaptive_avg_pool2d(inner, Pixels(size)).data<float>().ToArray());
        float[] canvas = new float[captions.Count * Channels * Side * Side];
        Array.Fill(canvas, -1);
        for (int n = 0; n < captions.Count; n++)
        {
            var size = captions[n].Size ?? (CaptionSize)random.NextInt(Enum.GetValues<CaptionSize>().Length);
            var colour = captions[n].Colour ?? (CaptionColour)random.NextInt(Channels);
            Paste(random, canvas.AsSpan((n * Channels + (int)colour) * Side * Side, Side * Side),
                bySize[size].AsSpan(n * Pixels(size) * Pixels(size)), Pixels(size), captions[n].Place);
        }
        return tensor(canvas, [captions.Count, Channels, Side, Side]).MoveToOuterDisposeScope();
    }

    /// <summary>Side of the square of a digit, in pixels.</summary>
    /// <param name="size">Its size.</param>
    public static int Pixels(CaptionSize size) => size switch
    {
        CaptionSize.Small => 10,
        CaptionSize.Large => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, $"unknown size {size}."),
    };

    /// <inheritdoc/>
    private protected override ConditionedBatch Draw(SeededRandom random, int count)
    {
        var captions = RandomCaptions(random, count, heldOut: false);
        if (Scene is { } fixedScene && SceneIn == SceneParts.Both)
            captions = [.. captions.Select(_ => fixedScene with { Digit = random.NextInt(Digits) })];
        var conditions = Conditions([.. Shown(captions, SceneParts.Texts).Select(c => c.ToText(placeFirst: random.NextInt(2) == 1))]);
        return new(Render(random, Shown(captions, SceneParts.Images)), conditions);
    }

    private Caption[] Shown(Caption[] captions, SceneParts part) =>
        Scene is { } scene && SceneIn.HasFlag(part) ? [.. captions.Select(c => scene with { Digit = c.Digit })] : captions;

    private static Caption RandomCaption(SeededRandom random, bool heldOut)
    {
        while (true)
        {
            var (digit, place) = (random.NextInt(Digits), (CaptionPlace)random.NextInt(Enum.GetValues<CaptionPlace>().Length));
            if (HeldOut.Contains((digit, place)) != heldOut)
                continue;
            CaptionColour? colour = random.NextDouble() < OmittedShare ? null : (CaptionColour)random.NextInt(Channels);
            CaptionSize? size = random.NextDouble() < OmittedShare ? null : (CaptionSize)random.NextInt(2);
            return new(digit, place, colour, size);
        }
    }

    private static void Paste(SeededRandom random, Span<float> canvas, ReadOnlySpan<float> digit, int pixels, CaptionPlace place)
    {
        var (row, column) = Centre(place);
        int top = Math.Clamp((int)row - pixels / 2 + random.NextInt(2 * Jitter + 1) - Jitter, 0, Side - pixels);
        int left = Math.Clamp((int)column - pixels / 2 + random.NextInt(2 * Jitter + 1) - Jitter, 0, Side - pixels);
        for (int y = 0; y < pixels; y++)
            digit.Slice(y * pixels, pixels).CopyTo(canvas[((top + y) * Side + left)..]);
    }
}

/// <summary>What the fixed scene of a <see cref="CaptionedDigits"/> applies to.</summary>
[Flags]
public enum SceneParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The images.</summary>
    Images = 1,

    /// <summary>The captions.</summary>
    Texts = 2,

    /// <summary>Images and captions.</summary>
    Both = Images | Texts,
}
