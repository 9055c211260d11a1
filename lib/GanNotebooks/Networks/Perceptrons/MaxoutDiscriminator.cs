using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The discriminator of the first GANs (Goodfellow et al. 2014; <c>mnist.yaml</c> of the authors' code): two <see cref="Maxout"/> layers
/// and one linear unit, with dropout before each, 0.2 on the pixels and 0.5 on the hidden layers. It returns the logit; the sigmoid of the
/// authors' last layer belongs to the loss here.
/// </summary>
public sealed class MaxoutDiscriminator : nn.Module<Tensor, Tensor>
{
    private const double PixelDropout = 0.2, HiddenDropout = 0.5;

    private readonly SeededDropout dropout1, dropout2, dropout3;
    private readonly Maxout hidden1, hidden2;
    private readonly Linear output;
    private readonly int inputs;

    /// <summary>Builds the layers. Their weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="inputs">Numbers in one sample; 784 for digits.</param>
    /// <param name="units">Units of each hidden layer.</param>
    /// <param name="pieces">Linear functions for each unit.</param>
    /// <param name="seed">The seed of the dropout.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public MaxoutDiscriminator(int inputs = 784, int units = 240, int pieces = 5, int seed = 0)
        : base(nameof(MaxoutDiscriminator))
    {
        this.inputs = inputs;
        (hidden1, hidden2, output) = (new Maxout(inputs, units, pieces), new Maxout(units, units, pieces), nn.Linear(units, 1));
        (dropout1, dropout2, dropout3) = (Dropout(PixelDropout, 1), Dropout(HiddenDropout, 2), Dropout(HiddenDropout, 3));
        RegisterComponents();
        SeededDropout Dropout(double probability, int layer) => new(probability, unchecked(3 * seed + layer));
    }

    /// <summary>Computes the logits of samples.</summary>
    /// <param name="input">[N, ...] with as many numbers in a row as the network has inputs.</param>
    /// <returns>Logits [N, 1], high on real.</returns>
    /// <exception cref="ArgumentException">The input has another size.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() < 2 || input.numel() != input.size(0) * inputs)
            throw new ArgumentException($"expected [N, ...] with {inputs} numbers in a row, got {Shape.Text(input.shape)}", nameof(input));
        var h = hidden1.call(dropout1.call(input.flatten(1))); // [N, units]
        h = hidden2.call(dropout2.call(h));
        return output.call(dropout3.call(h)); // [N, 1]
    }
}
