using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>A recurrent network that reads a sequence and gives one logit, high on real: D(x) = σ(logit).</summary>
public sealed class SequenceDiscriminator : nn.Module<Tensor, Tensor>
{
    private readonly GRU memory;
    private readonly Linear head;
    private readonly int tokens, length, hidden;

    /// <summary>Builds the network; all weights from U(−1/√H, 1/√H), PyTorch's default for these layers.</summary>
    /// <param name="tokens">Number of tokens, S.</param>
    /// <param name="length">Tokens in a sequence, T.</param>
    /// <param name="hidden">Numbers in the memory, H.</param>
    /// <param name="generator">The source of the weights, on the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public SequenceDiscriminator(int tokens, int length, int hidden, Generator generator) : base(nameof(SequenceDiscriminator))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        (this.tokens, this.length, this.hidden) = (tokens, length, hidden);
        memory = nn.GRU(tokens, hidden, batchFirst: true);
        head = nn.Linear(hidden, 1);
        RegisterComponents();
        SequenceWeights.Fill(this, hidden, generator);
    }

    /// <summary>Reads sequences to their end.</summary>
    /// <param name="input">One-hot or soft sequences [N, T, S].</param>
    /// <returns>Logits [N, 1].</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SequenceWeights.Check(input, length, tokens);
        using var scope = NewDisposeScope();
        var start = zeros([1, input.size(0), hidden], input.dtype, input.device);
        return head.call(memory.call(input, start).Item2.squeeze(0)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            memory.Dispose();
            head.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>What the two networks of sequences share.</summary>
internal static class SequenceWeights
{
    public static void Fill(nn.Module module, int hidden, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var quiet = no_grad();
        double bound = 1 / Math.Sqrt(hidden);
        foreach (var parameter in module.parameters())
            parameter.FillUniform(-bound, bound, generator);
    }

    public static void Check(Tensor input, int length, int tokens)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 3 || input.size(1) != length || input.size(2) != tokens)
            throw new ArgumentException($"expected [N, {length}, {tokens}], got {Shape.Text(input.shape)}", nameof(input));
    }
}
