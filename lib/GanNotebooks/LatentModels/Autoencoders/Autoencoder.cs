using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// An autoencoder: an encoder that maps samples to short codes, and a decoder that maps codes back, trained to reconstruct (Rumelhart,
/// Hinton and Williams 1986; Hinton and Salakhutdinov 2006). It has no distribution over codes, so it is no generator by itself;
/// <see cref="CodeSampler"/> makes one of it. The loss is the mean squared error per coordinate.
/// </summary>
public sealed class Autoencoder : nn.Module<Tensor, Tensor>, ITrainableModel
{
    private readonly MultilayerPerceptron encoder, decoder;

    /// <summary>Builds encoder and decoder, which mirror each other, with PyTorch's default start.</summary>
    /// <param name="inputs">Number of coordinates of a sample, D.</param>
    /// <param name="hidden">Widths of the encoder's hidden layers; the decoder has them in reverse order. Without hidden layers the
    /// autoencoder is linear: it learns the plane of the principal components (Baldi and Hornik 1989).</param>
    /// <param name="code">Number of values in a code, q.</param>
    /// <param name="weights">Source of the initial weights.</param>
    /// <param name="outputActivation">Function after the decoder's last layer; <see cref="Activation.Sigmoid"/> keeps pixels in
    /// [0, 1].</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public Autoencoder(int inputs, IReadOnlyList<int> hidden, int code, Generator weights,
        Activation outputActivation = Activation.Identity) : base(nameof(Autoencoder))
    {
        ArgumentNullException.ThrowIfNull(hidden);
        (Inputs, CodeSize) = (inputs, code);
        encoder = new MultilayerPerceptron(inputs, hidden, [code]).UniformFanIn(weights);
        decoder = new MultilayerPerceptron(code, [.. hidden.Reverse()], [inputs], outputActivation: outputActivation)
            .UniformFanIn(weights);
        RegisterComponents();
    }

    /// <summary>Number of coordinates of a sample, D.</summary>
    public int Inputs { get; }

    /// <summary>Number of values in a code, q.</summary>
    public int CodeSize { get; }

    /// <inheritdoc/>
    public nn.Module Network => this;

    /// <inheritdoc/>
    public object Settings => new OwnSettings(decoder.OutputActivation);

    /// <summary>
    /// The weight of the decoder's last layer, [D, h]. For a linear autoencoder h = q, and its columns span the plane of all
    /// reconstructions.
    /// </summary>
    public Tensor DecoderWeight => decoder.Linears[^1].weight!;

    /// <summary>Maps samples to codes.</summary>
    /// <param name="samples">[N, ...] with D numbers each.</param>
    /// <returns>[N, q].</returns>
    public Tensor Encode(Tensor samples) => encoder.call(samples);

    /// <summary>Maps codes to samples.</summary>
    /// <param name="codes">[N, q].</param>
    /// <returns>[N, D].</returns>
    public Tensor Decode(Tensor codes) => decoder.call(codes);

    /// <summary>Reconstructs samples from their codes.</summary>
    /// <param name="input">[N, ...] with D numbers each.</param>
    /// <returns>[N, D].</returns>
    public override Tensor forward(Tensor input) => Decode(Encode(input));

    /// <summary>Computes the mean squared error per coordinate of the reconstructions.</summary>
    /// <param name="samples">[N, D].</param>
    public double ReconstructionError(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        double sum = 0;
        foreach (var block in PrincipalComponents.Blocks(samples))
        {
            using var inner = NewDisposeScope();
            sum += (call(block.to(DecoderWeight)).cpu().to(float64) - block).square().sum().item<double>();
        }
        return sum / samples.numel();
    }

    /// <inheritdoc/>
    public Tensor Backward(Tensor batch, Generator random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var rows = batch.flatten(1); // [N, D]
        var loss = (call(rows) - rows).square().mean();
        loss.backward();
        return loss.detach();
    }

    private sealed record OwnSettings(Activation OutputActivation);
}
