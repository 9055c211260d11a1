using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A recurrent network that writes token by token: a gated recurrent unit (Cho et al. 2014) reads the tokens so far, and a linear layer
/// gives the logits of the next one.
/// </summary>
public sealed class SequenceGenerator : nn.Module<Tensor, Tensor>
{
    private readonly GRU memory;
    private readonly Linear head;
    private readonly int hidden;

    /// <summary>Builds the network; all weights from U(−1/√H, 1/√H), PyTorch's default for these layers.</summary>
    /// <param name="tokens">Number of tokens, S.</param>
    /// <param name="length">Tokens in a sequence, T.</param>
    /// <param name="hidden">Numbers in the memory, H.</param>
    /// <param name="generator">The source of the weights, on the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public SequenceGenerator(int tokens, int length, int hidden, Generator generator) : base(nameof(SequenceGenerator))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        (Tokens, Length, this.hidden) = (tokens, length, hidden);
        memory = nn.GRU(tokens, hidden, batchFirst: true);
        head = nn.Linear(hidden, tokens);
        RegisterComponents();
        SequenceWeights.Fill(this, hidden, generator);
    }

    /// <summary>Number of tokens, S.</summary>
    public int Tokens { get; }

    /// <summary>Tokens in a sequence, T.</summary>
    public int Length { get; }

    /// <summary>The logits of each token, given the true tokens before it.</summary>
    /// <param name="input">One-hot or soft sequences [N, T, S]; the last token is not read.</param>
    /// <returns>[N, T, S].</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SequenceWeights.Check(input, Length, Tokens);
        using var scope = NewDisposeScope();
        var shifted = nn.functional.pad(input.narrow(1, 0, Length - 1), [0, 0, 1, 0]); // the start is a token of zeros
        var start = zeros([1, input.size(0), hidden], input.dtype, input.device);
        return head.call(memory.call(shifted, start).Item1).MoveToOuterDisposeScope();
    }

    /// <summary>log q(x) of whole sequences.</summary>
    /// <param name="sequences">One-hot [N, T, S].</param>
    /// <returns>[N], with a gradient by the weights.</returns>
    public Tensor LogProbability(Tensor sequences)
    {
        using var scope = NewDisposeScope();
        return (nn.functional.log_softmax(call(sequences), 2) * sequences).sum([1, 2]).MoveToOuterDisposeScope();
    }

    /// <summary>Writes sequences. A token is the largest of logit + Gumbel noise, which has the law softmax(logits).</summary>
    /// <param name="count">Number of sequences, N.</param>
    /// <param name="random">The source of the noise, on the CPU.</param>
    /// <param name="choice">How a token is passed on, to the discriminator and to the next step.</param>
    /// <param name="temperature">τ &gt; 0 of the soft choice.</param>
    /// <returns>[N, T, S]; one-hot values unless the choice is relaxed.</returns>
    public Tensor Write(int count, Generator random, TokenChoice choice = TokenChoice.Hard, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "the temperature must be positive and finite");
        using var scope = NewDisposeScope();
        using var quiet = set_grad_enabled(choice != TokenChoice.Hard && is_grad_enabled());
        var (dtype, device) = (head.weight.dtype, head.weight.device);
        var gumbel = empty([count, Length, Tokens], dtype, device).FillUniform(1e-7, 1, random).log().neg().log().neg();
        var (token, state) = (zeros([count, 1, Tokens], dtype, device), zeros([1, count, hidden], dtype, device));
        var written = new List<Tensor>();
        for (int t = 0; t < Length; t++)
        {
            (var output, state) = memory.call(token, state);
            token = Choose(head.call(output) + gumbel.narrow(1, t, 1), choice, temperature);
            written.Add(token);
        }
        return cat(written, 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The logits after every prefix, from the empty one on: everything there is to know about the law. The prefix with number s, followed
    /// by token k, has the number S·s + 1 + k.
    /// </summary>
    /// <returns>float64 [(Sᵀ − 1)/(S − 1), S] on the CPU; the caller disposes it.</returns>
    public Tensor PrefixLogits()
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var (dtype, device) = (head.weight.dtype, head.weight.device);
        var (input, state) = (zeros([1, 1, Tokens], dtype, device), zeros([1, 1, hidden], dtype, device));
        var levels = new List<Tensor>();
        for (int t = 0; t < Length; t++)
        {
            var (output, memories) = memory.call(input, state);
            levels.Add(head.call(output).squeeze(1)); // [Sᵗ, S]
            input = eye(Tokens, dtype: dtype, device: device).unsqueeze(1).repeat(memories.size(1), 1, 1);
            state = memories.repeat_interleave(Tokens, 1);
        }
        return cat(levels).to(float64).cpu().MoveToOuterDisposeScope();
    }

    private static Tensor Choose(Tensor noisy, TokenChoice choice, double temperature)
    {
        if (choice == TokenChoice.Relaxed)
            return nn.functional.softmax(noisy / temperature, 2);
        var hard = nn.functional.one_hot(noisy.argmax(2), noisy.size(2)).to(noisy.dtype);
        if (choice == TokenChoice.Hard)
            return hard;
        var soft = nn.functional.softmax(noisy / temperature, 2);
        return hard + soft - soft.detach();
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

/// <summary>How a drawn token is passed on.</summary>
public enum TokenChoice
{
    /// <summary>One-hot, without a gradient.</summary>
    Hard,

    /// <summary>softmax((logits + Gumbel noise)/τ): never one-hot, with a gradient (Jang et al. 2017).</summary>
    Relaxed,

    /// <summary>One-hot forwards, the gradient of the relaxed choice backwards.</summary>
    StraightThrough,
}
