using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Selects and creates hand-written passes for networks.</summary>
internal static class NetworkPasses
{
    /// <summary>Whether a hand-written pass exists that can take data and fakes together.</summary>
    /// <param name="network">The discriminator D.</param>
    /// <param name="penalty">Penalty that is added to the loss of D; null for none.</param>
    public static bool ForDiscriminator(nn.Module network, IDiscriminatorPenalty? penalty) => network switch
    {
        MultilayerPerceptron perceptron => perceptron.IsPlain && penalty is null,
        MaxoutPerceptron maxout => maxout.Widths.All(MaxoutKernels.Fits)
            && (penalty is null || penalty is ZeroCenteredGradientPenalty && ((IFunctionalModule)maxout).IsPlain),
        _ => false,
    };

    /// <summary>Whether a hand-written pass exists for a generator.</summary>
    /// <param name="network">The generator G.</param>
    /// <param name="rows">Batch size. Batch normalisation needs more than one row; for one row torch throws.</param>
    public static bool ForGenerator(nn.Module network, int rows) => network switch
    {
        MultilayerPerceptron perceptron => perceptron.IsPlain
            || perceptron.IsNormalised && rows > 1 && perceptron.Norms.All(n => BatchNormPass.Fits(n.weight!.numel())),
        _ => false,
    };

    /// <summary>Creates the hand-written pass of a network.</summary>
    /// <param name="network">Network for which a hand-written pass exists.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="rows">Number of rows of the input.</param>
    /// <param name="batches">Number of batches in the rows: 2 for data and fakes.</param>
    public static INetworkPass Create(nn.Module network, FlatParameters parameters, int rows, int batches = 1) => network switch
    {
        MultilayerPerceptron perceptron => new PerceptronPass(perceptron, parameters, rows),
        MaxoutPerceptron maxout => new MaxoutPass(maxout, parameters, rows, batches),
        _ => throw new ArgumentException($"no hand-written pass for {network.GetName()}", nameof(network)),
    };
}
