using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Which networks have a hand-written pass.</summary>
internal static class NetworkPasses
{
    /// <summary>Whether samples do not see each other in it, so that real and fake can go through together.</summary>
    public static bool ForSingleSamples(nn.Module network) => network switch
    {
        MultilayerPerceptron perceptron => perceptron.IsPlain,
        MaxoutPerceptron maxout => ((IFunctionalModule)maxout).IsPlain && maxout.Widths.All(MaxoutKernels.Fits),
        _ => false,
    };

    /// <summary>Whether there is one, with batch normalisation or without.</summary>
    public static bool ForBatches(nn.Module network) => ForSingleSamples(network)
        || (network is MultilayerPerceptron { IsNormalised: true } perceptron && perceptron.Norms.All(n => BatchNormPass.Fits(n.weight!.numel())));

    /// <summary>Makes it.</summary>
    /// <param name="network">One of those.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="rows">Batch size.</param>
    public static INetworkPass Create(nn.Module network, FlatParameters parameters, int rows) => network switch
    {
        MultilayerPerceptron perceptron => new PerceptronPass(perceptron, parameters, rows),
        MaxoutPerceptron maxout => new MaxoutPass(maxout, parameters, rows),
        _ => throw new ArgumentException($"no hand-written pass for {network.GetName()}", nameof(network)),
    };
}
