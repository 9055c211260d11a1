using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Dropout (Hinton et al. 2012): in training each number is dropped with probability p, and what stays is divided by 1 − p. Which ones is a
/// function of seed, call and place alone, computed in whole numbers: the same on every device, and the count of calls is a buffer, so that
/// a resumed run drops the same ones.
/// </summary>
public sealed class SeededDropout : nn.Module<Tensor, Tensor>
{
    private const double Words = 4294967296; // 2³²

    private readonly Tensor calls; // int64 scalar: calls in training mode so far
    private readonly double probability;
    private readonly long seed;

    /// <summary>Creates the layer.</summary>
    /// <param name="probability">The probability p that a number is dropped, in [0, 1).</param>
    /// <param name="seed">The seed; two layers of a network need two seeds.</param>
    /// <exception cref="ArgumentException">p is out of range.</exception>
    public SeededDropout(double probability, int seed)
        : base(nameof(SeededDropout))
    {
        if (!(probability >= 0 && probability < 1))
            throw new ArgumentException($"the probability of being dropped must lie in [0, 1), got {probability}", nameof(probability));
        (this.probability, this.seed) = (probability, seed);
        calls = zeros([], int64);
        register_buffer(nameof(calls), calls);
        RegisterComponents();
    }

    /// <summary>Drops, in training mode; passes everything in evaluation mode.</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!training || probability == 0)
            return input;
        using var scope = NewDisposeScope();
        Tensor keep;
        using (no_grad())
        {
            calls.add_(1);
            keep = Hash(input.numel(), input.device).ge_(probability * Words).to(input.dtype).div_(1 - probability).view_as(input);
        }
        return input.mul(keep).MoveToOuterDisposeScope();
    }

    // The last mixing steps of MurmurHash3 (Appleby 2011) on 32-bit words, in int64 so that no device has to agree on overflow: uniform on
    // 0 ... 2³² − 1.
    private Tensor Hash(long count, Device device)
    {
        const long word = 0xFFFFFFFF;
        var stream = (calls * 0x9E3779B1 + seed * 0x85EBCA77L).bitwise_and(word);
        var x = arange(count, int64, device).mul_(0x27D4EB2F).add_(Mixed(stream)).bitwise_and_(word);
        return Mixed(x);
    }

    private static Tensor Mixed(Tensor x)
    {
        const long word = 0xFFFFFFFF;
        x.bitwise_xor_(x.bitwise_right_shift(16)).mul_(0x85EBCA6BL).bitwise_and_(word);
        x.bitwise_xor_(x.bitwise_right_shift(13)).mul_(0xC2B2AE35L).bitwise_and_(word);
        return x.bitwise_xor_(x.bitwise_right_shift(16));
    }
}
