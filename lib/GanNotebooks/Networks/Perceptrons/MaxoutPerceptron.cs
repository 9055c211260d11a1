using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A discriminator of <see cref="Maxout"/> layers and one linear layer, as in the first GANs and in PacGAN: samples [N, ...] to logits [N,
/// 1], high on real.
/// </summary>
public sealed class MaxoutPerceptron : nn.Module<Tensor, Tensor>, IFunctionalModule
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> hidden;
    private readonly nn.Module<Tensor, Tensor> output;
    private readonly MinibatchStandardDeviation? deviation;
    private readonly int inputs;
    private readonly bool spectralNorm;

    /// <summary>Builds the layers. Their weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="inputs">Numbers in one input.</param>
    /// <param name="widths">Units of each maxout layer.</param>
    /// <param name="pieces">Linear functions for each unit.</param>
    /// <param name="spectralNorm">Divide the weight of every layer by its largest singular value: <see cref="SpectralNorm"/>.</param>
    /// <param name="minibatchDeviation">Let the last layer see how much the batch varies: <see cref="MinibatchStandardDeviation"/>.</param>
    /// <exception cref="ArgumentException">A size is not positive, or there is no hidden layer.</exception>
    public MaxoutPerceptron(int inputs, IReadOnlyList<int> widths, int pieces, bool spectralNorm = false, bool minibatchDeviation = false)
        : base(nameof(MaxoutPerceptron))
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (inputs < 1 || pieces < 1 || widths.Count == 0 || widths.Any(w => w < 1))
        {
            throw new ArgumentException(
                $"every size must be positive, with one hidden layer at least; got inputs {inputs}, widths "
                    + $"[{string.Join(", ", widths)}], pieces {pieces}");
        }

        (this.inputs, this.spectralNorm, Widths, Pieces) = (inputs, spectralNorm, [.. widths], pieces);
        int[] sizes = [inputs, .. widths];
        hidden = nn.ModuleList([.. widths.Select((w, i) => (nn.Module<Tensor, Tensor>)new Maxout(sizes[i], w, pieces, spectralNorm))]);
        deviation = minibatchDeviation ? new MinibatchStandardDeviation() : null;
        var last = nn.Linear(sizes[^1] + (minibatchDeviation ? 1 : 0), 1);
        output = spectralNorm ? new SpectralNorm(last) : last;
        RegisterComponents();
    }

    /// <summary>Units of each maxout layer.</summary>
    internal IReadOnlyList<int> Widths { get; }

    /// <summary>Linear functions for each unit.</summary>
    internal int Pieces { get; }

    /// <summary>The spectral norm of each layer, or null; the linear layer comes last.</summary>
    internal IReadOnlyList<SpectralNorm?> Norms => [.. hidden.Cast<Maxout>().Select(layer => layer.Norm), output as SpectralNorm];

    /// <summary>Whether the last layer sees how much the batch varies.</summary>
    internal bool SeesDeviation => deviation is not null;

    /// <inheritdoc/>
    bool IFunctionalModule.IsPlain => !spectralNorm && deviation is null;

    /// <summary>Applies the network.</summary>
    /// <param name="input">[N, ...] with as many numbers in a row as the network has inputs.</param>
    /// <returns>[N, 1].</returns>
    /// <exception cref="ArgumentException">The input has another size.</exception>
    public override Tensor forward(Tensor input)
    {
        var a = hidden.Aggregate(Flat(input), (x, layer) => layer.call(x));
        return output.call(deviation is null ? a : deviation.call(a));
    }

    /// <inheritdoc/>
    Tensor IFunctionalModule.FunctionalCall(Tensor input, IReadOnlyList<Tensor> parameters)
    {
        if (spectralNorm || deviation is not null)
            throw new NotSupportedException("only plain maxout layers can be applied with other parameters");
        var a = Flat(input);
        for (int i = 0; i < hidden.Count; i++)
            a = ((Maxout)hidden[i]).FunctionalCall(a, parameters[2 * i], parameters[2 * i + 1]);
        return nn.functional.linear(a, parameters[^2], parameters[^1]);
    }

    private Tensor Flat(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() < 2 || input.numel() != input.size(0) * inputs)
            throw new ArgumentException($"expected [N, ...] with {inputs} numbers in a row, got {Shape.Text(input.shape)}", nameof(input));
        return input.dim() == 2 ? input : input.flatten(1);
    }
}
