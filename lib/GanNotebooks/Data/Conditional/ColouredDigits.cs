using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// From grey to colour under a law that is known: the condition is a grey digit, the sample is the same digit as a whole in red with a
/// given probability, else in blue. The colour is independent of the digit, so nothing in the condition can tell it.
/// </summary>
/// <remarks>A toy problem: Isola and others (2017) colour photographs, whose law nobody knows.</remarks>
public sealed class ColouredDigits : DrawnPairs
{
    private const int Colours = 3;

    private readonly ImageDataset digits;

    /// <summary>Creates the source.</summary>
    /// <param name="digits">Grey images.</param>
    /// <param name="seed">The seed of digits and colours.</param>
    /// <param name="redShare">The probability of red, in [0, 1].</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    public ColouredDigits(ImageDataset digits, long seed = 0, double redShare = 0.7, torch.Device? device = null)
        : base(seed, device)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (!(redShare is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(redShare), redShare, "the share of red must lie in [0, 1].");
        (this.digits, RedShare) = (digits, redShare);
    }

    /// <summary>The probability of red.</summary>
    public double RedShare { get; }

    /// <inheritdoc/>
    public override string Name => "coloured " + digits.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [Colours, digits.Height, digits.Width];

    /// <inheritdoc/>
    public override IReadOnlyList<long> ConditionShape => [1, digits.Height, digits.Width];

    /// <summary>Paints grey images: the ink goes into one channel, the other two stay black.</summary>
    /// <param name="grey">[N, 1, H, W] in [-1, 1].</param>
    /// <param name="red">For each image whether it is red; else it is blue.</param>
    /// <returns>[N, 3, H, W] in [-1, 1]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public static Tensor Paint(Tensor grey, IReadOnlyList<bool> red)
    {
        ArgumentNullException.ThrowIfNull(grey);
        ArgumentNullException.ThrowIfNull(red);
        if (grey.dim() != 4 || grey.size(1) != 1 || grey.size(0) != red.Count)
        {
            throw new ArgumentException(
                $"expected {red.Count} grey images [N, 1, H, W], got [{string.Join(", ", grey.shape)}].", nameof(grey));
        }
        using var scope = NewDisposeScope();
        var black = full_like(grey, -1);
        var isRed = tensor(red.ToArray(), device: grey.device).view(-1, 1, 1, 1); // [N, 1, 1, 1]
        return cat([where(isRed, grey, black), black, where(isRed, black, grey)], 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    private protected override ConditionedBatch Draw(SeededRandom random, int count)
    {
        int[] indices = new int[count];
        bool[] red = new bool[count];
        for (int n = 0; n < count; n++)
            (indices[n], red[n]) = (random.NextInt(digits.Count), random.NextDouble() < RedShare);
        var grey = Gather(digits, indices); // [N, 1, H, W]
        return new(Paint(grey, red), grey);
    }
}
