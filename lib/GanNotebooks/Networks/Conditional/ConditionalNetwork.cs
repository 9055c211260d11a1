using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A network with a condition c beside its input: a generator G(z | c) or a discriminator D(x | c) (Mirza and Osindero 2014). A trainer
/// gives both players the conditions of the data. The conditions are float32: classes are one-hot rows [N, K], images [N, C, H, W], and
/// tokens whole numbers [N, L].
/// </summary>
/// <param name="name">Name of the network.</param>
public abstract class ConditionalNetwork(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Computes the output for inputs and their conditions.</summary>
    /// <param name="input">Noise z, [N, z], for a generator; samples x, [N, ...], for a discriminator.</param>
    /// <param name="condition">One condition for each input, [N, ...].</param>
    /// <returns>Samples [N, ...], or logits [N, 1], high on real pairs.</returns>
    /// <exception cref="ArgumentException">Input or condition has another shape than the network takes.</exception>
    public abstract Tensor forward(Tensor input, Tensor condition);

    /// <summary>The same as <see cref="forward(Tensor, Tensor)"/>.</summary>
    /// <param name="input">Noise or samples, [N, ...].</param>
    /// <param name="condition">One condition for each input, [N, ...].</param>
    public Tensor call(Tensor input, Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(condition);
        if (input.size(0) != condition.size(0))
        {
            throw new ArgumentException(
                $"expected a condition for each of the {input.size(0)} inputs, got {condition.size(0)}", nameof(condition));
        }
        return forward(input, condition);
    }

    /// <summary>A conditional network computes nothing without a condition.</summary>
    /// <param name="input">Unused.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public sealed override Tensor forward(Tensor input) =>
        throw new InvalidOperationException($"{GetName()} needs a condition: write call(input, condition)");
}
