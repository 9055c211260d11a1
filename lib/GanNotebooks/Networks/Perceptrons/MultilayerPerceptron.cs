using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Fully connected layers with an activation between them. As a generator it maps noise [N, z] to samples [N, ...]; as a discriminator,
/// samples to logits [N, 1]: raw numbers, high on real, D(x) = σ(logit).
/// </summary>
public sealed class MultilayerPerceptron : nn.Module<Tensor, Tensor>, IFunctionalModule
{
    private readonly Sequential layers;
    private readonly int inputs;
    private readonly long[] sampleShape;
    private readonly Linear[] linears;

    /// <summary>Builds the layers. Their weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="inputs">Numbers in one input.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="outputShape">Shape of one output, without the batch dimension: <c>[1]</c> for logits.</param>
    /// <param name="activation">The function between the layers.</param>
    /// <param name="outputActivation">The function after the last layer.</param>
    /// <param name="spectralNorm">Divide the weight of every layer by its largest singular value: <see cref="SpectralNorm"/>.</param>
    /// <param name="minibatchDeviation">Let the last layer see how much the batch varies: <see cref="MinibatchStandardDeviation"/>.</param>
    /// <param name="batchNorm">Normalise by batch statistics before every hidden activation (Ioffe and Szegedy 2015); these layers then
    /// have no bias.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public MultilayerPerceptron(
        int inputs, IReadOnlyList<int> hidden, IReadOnlyList<long> outputShape, Activation activation = Activation.ReLU,
        Activation outputActivation = Activation.Identity,
        bool spectralNorm = false, bool minibatchDeviation = false, bool batchNorm = false)
        : base(nameof(MultilayerPerceptron))
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(outputShape);
        if (inputs < 1 || hidden.Any(h => h < 1) || outputShape.Any(s => s < 1))
        {
            throw new ArgumentException(
                $"every size must be positive; got inputs {inputs}, hidden [{string.Join(", ", hidden)}], output "
                    + $"{Shape.Text(outputShape)}");
        }

        (this.inputs, sampleShape) = (inputs, [.. outputShape]);
        int outputs = (int)outputShape.Aggregate(1L, (a, b) => a * b);
        (HiddenActivation, OutputActivation) = (activation, outputActivation);
        (IsPlain, IsNormalised) = (!spectralNorm && !minibatchDeviation && !batchNorm, !spectralNorm && !minibatchDeviation && batchNorm);
        linears = CreateLinears([inputs, .. hidden, outputs], minibatchDeviation, batchNorm);
        layers = nn.Sequential(Layers(spectralNorm, minibatchDeviation, batchNorm));
        RegisterComponents();
    }

    /// <summary>The function between the layers.</summary>
    internal Activation HiddenActivation { get; }

    /// <summary>The function after the last layer.</summary>
    internal Activation OutputActivation { get; }

    /// <summary>Whether the network consists of linear layers and activations only, as hand-written passes need.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether the network consists of linear layers, batch normalisation and activations only.</summary>
    internal bool IsNormalised { get; }

    /// <summary>The batch normalisations: one behind each hidden linear layer, or none.</summary>
    internal IReadOnlyList<BatchNorm1d> Norms => [.. layers.children().OfType<BatchNorm1d>()];

    /// <summary>The linear layers, first to last.</summary>
    internal IReadOnlyList<Linear> Linears => linears;

    /// <summary>Applies the network.</summary>
    /// <param name="input">[N, ...] with as many numbers in a row as the network has inputs.</param>
    /// <returns>[N, ...] of the output shape.</returns>
    /// <exception cref="ArgumentException">The input has another size.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() < 2 || input.numel() != input.size(0) * inputs)
            throw new ArgumentException($"expected [N, ...] with {inputs} numbers in a row, got {Shape.Text(input.shape)}", nameof(input));
        var flat = input.dim() == 2 ? input : input.reshape(input.size(0), inputs); // [N, inputs]
        var output = layers.call(flat);
        return sampleShape.Length == 1 ? output : output.view([input.size(0), .. sampleShape]);
    }

    /// <inheritdoc/>
    Tensor IFunctionalModule.FunctionalCall(Tensor input, IReadOnlyList<Tensor> parameters)
    {
        if (!IsPlain)
            throw new NotSupportedException("only a plain multilayer perceptron can be applied with other parameters");
        var a = input.flatten(1);
        for (int i = 0; i < linears.Length; i++)
        {
            var activation = i < linears.Length - 1 ? HiddenActivation : OutputActivation;
            a = activation.Apply(nn.functional.linear(a, parameters[2 * i], parameters[2 * i + 1]));
        }

        return sampleShape.Length == 1 ? a : a.view([input.size(0), .. sampleShape]);
    }

    private static Linear[] CreateLinears(int[] sizes, bool minibatchDeviation, bool batchNorm)
    {
        int last = sizes.Length - 2;
        return [.. Enumerable.Range(0, last + 1)
            .Select(i => nn.Linear(sizes[i] + (minibatchDeviation && i == last ? 1 : 0), sizes[i + 1], hasBias: !batchNorm || i == last))];
    }

    private IEnumerable<(string, nn.Module<Tensor, Tensor>)> Layers(bool spectralNorm, bool minibatchDeviation, bool batchNorm)
    {
        for (int i = 1; i <= linears.Length; i++)
        {
            bool last = i == linears.Length;
            if (last && minibatchDeviation)
                yield return ("deviation", new MinibatchStandardDeviation());
            yield return ($"linear{i}", spectralNorm ? new SpectralNorm(linears[i - 1]) : linears[i - 1]);
            if (batchNorm && !last)
                yield return ($"norm{i}", nn.BatchNorm1d(linears[i - 1].weight!.size(0)));
            var between = last ? OutputActivation : HiddenActivation;
            if (between != Activation.Identity)
                yield return ($"activation{i}", between.Create());
        }
    }
}
