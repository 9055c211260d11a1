using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Fully connected layers with an activation between them. As a generator it maps noise [N, z] to samples [N, ...]; as a discriminator,
/// samples to logits [N, 1]: raw numbers, high on real, D(x) = σ(logit).
/// </summary>
public sealed class MultilayerPerceptron : nn.Module<Tensor, Tensor>
{
    private readonly Sequential layers;
    private readonly int inputs;
    private readonly long[] sampleShape;

    /// <summary>Builds the layers. Their weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="inputs">Numbers in one input.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="outputShape">Shape of one output, without the batch dimension: <c>[1]</c> for logits.</param>
    /// <param name="activation">Between the layers.</param>
    /// <param name="outputActivation">After the last layer.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public MultilayerPerceptron(
        int inputs, IReadOnlyList<int> hidden, IReadOnlyList<long> outputShape, Activation activation = Activation.ReLU, Activation outputActivation = Activation.Identity)
        : base(nameof(MultilayerPerceptron))
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(outputShape);
        if (inputs < 1 || hidden.Any(h => h < 1) || outputShape.Any(s => s < 1))
            throw new ArgumentException($"every size must be positive; got inputs {inputs}, hidden [{string.Join(", ", hidden)}], output [{string.Join(", ", outputShape)}]");
        (this.inputs, sampleShape) = (inputs, [.. outputShape]);
        int outputs = (int)outputShape.Aggregate(1L, (a, b) => a * b);
        layers = nn.Sequential(Layers([inputs, .. hidden, outputs], activation, outputActivation));
        RegisterComponents();
    }

    /// <summary>Applies the network.</summary>
    /// <param name="input">[N, ...] with as many numbers in a row as the network has inputs.</param>
    /// <returns>[N, ...] of the output shape.</returns>
    /// <exception cref="ArgumentException">The input has another size.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() < 2 || input.numel() != input.shape[0] * inputs)
            throw new ArgumentException($"expected [N, ...] with {inputs} numbers in a row, got [{string.Join(", ", input.shape)}]", nameof(input));
        var flat = input.dim() == 2 ? input : input.reshape(input.shape[0], inputs); // [N, inputs]
        var output = layers.call(flat);
        return sampleShape.Length == 1 ? output : output.view([input.shape[0], .. sampleShape]);
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Layers(int[] sizes, Activation activation, Activation outputActivation)
    {
        for (int i = 1; i < sizes.Length; i++)
        {
            yield return ($"linear{i}", nn.Linear(sizes[i - 1], sizes[i]));
            var between = i < sizes.Length - 1 ? activation : outputActivation;
            if (between != Activation.Identity)
                yield return ($"activation{i}", between.Create());
        }
    }
}
