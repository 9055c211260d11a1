using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Encodes a caption as a vector: each word is embedded, several heads of attention weigh the words, and a linear layer joins what the
/// heads have read. A head asks the same question of every caption, a learned one, so that one may learn to look for the digit and another
/// one for the place. The order of the words is not used.
/// </summary>
/// <remarks>
/// After the structured self-attention of Lin and others (2017), without its hidden layer. The code has mean 0 and variance 1 over its
/// numbers, so that the networks behind it see numbers of order 1 from the first step.
/// </remarks>
public sealed class CaptionEncoder : nn.Module<Tensor, Tensor>
{
    private const double Excluded = -1e9;

    private readonly Linear embedding, questions, output;
    private readonly int vocabulary;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.UniformFanIn"/> is applied.</summary>
    /// <param name="vocabulary">Number of tokens, V; token 0 is padding.</param>
    /// <param name="code">Numbers in one code.</param>
    /// <param name="width">Numbers in the embedding of a word.</param>
    /// <param name="heads">Number of heads.</param>
    public CaptionEncoder(int vocabulary, int code = 32, int width = 32, int heads = 4)
        : base(nameof(CaptionEncoder))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        this.vocabulary = vocabulary;
        embedding = nn.Linear(vocabulary, width, hasBias: false); // of one-hot rows: a table of words
        questions = nn.Linear(width, heads, hasBias: false);
        output = nn.Linear(heads * width, code);
        RegisterComponents();
    }

    /// <summary>Encodes captions.</summary>
    /// <param name="input">Tokens as whole numbers from 0 to V − 1, float32 [N, L]; 0 is padding.</param>
    /// <returns>Codes [N, code].</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 2)
            throw new ArgumentException($"expected tokens [N, L], got {Shape.Text(input.shape)}", nameof(input));
        var tokens = input.detach().round().clamp(0, vocabulary - 1).to(int64); // [N, L]
        var words = embedding.call(nn.functional.one_hot(tokens, vocabulary).to(output.weight!.dtype)); // [N, L, width]
        var weights = Weights(words, tokens); // [N, L, heads]
        var read = weights.transpose(1, 2).matmul(words).flatten(1); // [N, heads width]
        var code = output.call(read);
        return nn.functional.layer_norm(code, [code.size(1)]);
    }

    /// <summary>The weights that each head gives to the words of captions; they sum to 1 over the words.</summary>
    /// <param name="input">Tokens, float32 [N, L].</param>
    /// <returns>[N, L, heads]; the caller disposes it.</returns>
    public Tensor Attention(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var tokens = input.round().clamp(0, vocabulary - 1).to(int64);
        return Weights(embedding.call(nn.functional.one_hot(tokens, vocabulary).to(output.weight!.dtype)),
            tokens).MoveToOuterDisposeScope();
    }

    private Tensor Weights(Tensor words, Tensor tokens) =>
        questions.call(words).masked_fill(tokens.eq(0).unsqueeze(2), Excluded).softmax(1);
}
