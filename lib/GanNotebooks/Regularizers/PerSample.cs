using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>Random numbers, one for each sample of a batch.</summary>
internal static class PerSample
{
    // [N, 1, ...]: stretches over the rest of the sample.
    public static Tensor Uniform(Tensor like, Generator random)
    {
        long[] shape = [like.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)];
        return empty(shape, dtype: like.dtype, device: like.device).FillUniform(0, 1, random);
    }
}
