using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// The noise that a generator maps to given images: z* = argmin over z of the mean squared difference of G(z) and x. Adam minimises the
/// difference from several random starts, and the best result is kept ("inference via optimisation" in Metz et al. 2017). A generator is
/// not onto: an image that it cannot produce keeps an error.
/// </summary>
/// <param name="Codes">Noise z* of each image, [N, z]. <see cref="Dispose"/> releases it.</param>
/// <param name="Images">Images G(z*), [N, ...]. <see cref="Dispose"/> releases them.</param>
/// <param name="Errors">Mean squared difference per pixel, for each image. Pixel values lie in [-1, 1].</param>
public sealed record LatentInversion(Tensor Codes, Tensor Images, IReadOnlyList<double> Errors) : IDisposable
{
    /// <summary>Finds the noise of the target images. The caller disposes the result.</summary>
    /// <param name="generator">Generator to invert. It computes in evaluation mode; its own mode is restored afterwards.</param>
    /// <param name="targets">Target images, [N, ...], in the generator's output shape.</param>
    /// <param name="noiseDimension">Number of values in one z.</param>
    /// <param name="seed">Seed of the random starts.</param>
    /// <param name="starts">Number of random starts for each image.</param>
    /// <param name="steps">Number of Adam steps from each start.</param>
    /// <param name="learningRate">Learning rate of Adam.</param>
    public static LatentInversion Of(nn.Module<Tensor, Tensor> generator, Tensor targets, int noiseDimension, int seed = 0, int starts = 3,
        int steps = 200, double learningRate = 0.1)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(generator);
        using var frozen = new FrozenParameters(generator);
        using var random = new Generator((ulong)seed);
        long n = targets.size(0);
        var z = new Parameter(empty([n * starts, noiseDimension], device: targets.device).FillNormal(0, 1, random));
        var wanted = targets.repeat_interleave(starts, 0); // [N · starts, ...]
        using var adam = optim.Adam([z], learningRate);
        for (int k = 0; k < steps; k++)
        {
            using var step = NewDisposeScope();
            adam.zero_grad();
            Difference(generator.call(z), wanted).sum().backward(); // a start's gradient does not depend on the others
            adam.step();
        }
        var (codes, errors) = Best(generator, z.detach(), wanted, n, starts);
        var images = Without.Gradient(() => generator.call(codes));
        return new LatentInversion(codes.MoveToOuterDisposeScope(), images.MoveToOuterDisposeScope(), errors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Codes.Dispose();
        Images.Dispose();
    }

    private static (Tensor Codes, double[] Errors) Best(nn.Module<Tensor, Tensor> generator, Tensor z, Tensor wanted, long n, int starts)
    {
        var errors = Without.Gradient(() => Difference(generator.call(z), wanted)).view(n, starts); // [N, starts]
        var (least, which) = errors.min(1);
        var codes = z.index_select(0, which + arange(n, device: z.device) * starts);
        return (codes, [.. least.cpu().data<float>().Select(e => (double)e)]);
    }

    private static Tensor Difference(Tensor images, Tensor wanted) => (images - wanted).square().flatten(1).mean([1]); // [N]
}
