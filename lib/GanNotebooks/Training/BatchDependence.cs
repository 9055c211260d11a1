using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Tests whether the samples of a batch affect each other in a network.</summary>
internal static class BatchDependence
{
    /// <summary>Whether a network's output for a sample depends on the others of its batch.</summary>
    public static bool UsesWholeBatch(nn.Module module) =>
        UsesBatchNorm(module) || module.modules().Append(module).Any(m => m is IUsesWholeBatch);

    /// <summary>Whether a network normalises by batch statistics.</summary>
    public static bool UsesBatchNorm(nn.Module module) => module.modules().Append(module).Any(ReducedPrecision.IsBatchNorm);
}
