using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Which networks have a hand-written pass.</summary>
internal static class NetworkPasses
{
    /// <summary>Whether there is one in which data and fakes can go through together.</summary>
    /// <param name="network">D.</param>
    /// <param name="penalty">What is added to its loss; null for nothing.</param>
    public static bool ForDiscriminator(nn.Module network, IDiscriminatorPenalty? penalty) => network switch
    {
        MultilayerPerceptron perceptron => perceptron.IsPlain && penalty is null,
        MaxoutPerceptron maxout => maxout.Widths.All(MaxoutKernels.Fits)
            && (penalty is null || penalty is ZeroCenteredGradientPenalty && ((IFunctionalModule)maxout).IsPlain),
        _ => false,
    };

    /// <summary>Whether there is one for a generator.</summary>
    /// <param name="network">G.</param>
    /// <param name="rows">Batch size; a batch of one has no deviation to normalise by, and torch says so.</param>
    public static bool ForGenerator(nn.Module network, int rows) => network switch
    {
        MultilayerPerceptron perceptron => perceptron.IsPlain
            || perceptron.IsNormalised && rows > 1 && perceptron.Norms.All(n => BatchNormPass.Fits(n.weight!.numel())),
        _ => false,
    };

    /// <summary>Makes it.</summary>
    /// <param name="network">One of those.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="rows">Rows of its input.</param>
    /// <param name="batches">Batches that they consist of: 2 for data and fakes.</param>
    public static INetworkPass Create(nn.Module network, FlatParameters parameters, int rows, int batches = 1) => network switch
    {
        MultilayerPerceptron perceptron => new PerceptronPass(perceptron, parameters, rows),
        MaxoutPerceptron maxout => new MaxoutPass(maxout, parameters, rows, batches),
        _ => throw new ArgumentException($"no hand-written pass for {network.GetName()}", nameof(network)),
    };
}
