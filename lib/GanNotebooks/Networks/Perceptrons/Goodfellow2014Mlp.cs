using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The two networks of the first GAN on MNIST with their start (Goodfellow et al. 2014; <c>mnist.yaml</c> of the authors' code). Three
/// differences: their pixels lie in [0, 1] behind a sigmoid, ours in [-1, 1] behind tanh; the bias of the last layer starts at zero, theirs
/// at the mean image; and their noise has variance 1.
/// </summary>
public static class Goodfellow2014Mlp
{
    private const int Hidden = 1200;
    private const double GeneratorRange = 0.05, DiscriminatorRange = 0.005;

    /// <summary>100 → 1200 → 1200 → 784 with ReLU; weights from U(-0.05, 0.05). Its noise is uniform.</summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <param name="size">Side of the images, in pixels.</param>
    /// <returns>[N, noise] to [N, 1, size, size] in (-1, 1).</returns>
    public static MultilayerPerceptron Generator(Generator weights, int noise = 100, int size = 28) =>
        new MultilayerPerceptron(noise, [Hidden, Hidden], [1, size, size], outputActivation: Activation.Tanh)
            .Uniform(weights, GeneratorRange);

    /// <summary>784 → maxout 240 × 5 → maxout 240 × 5 → 1 with dropout; weights from U(-0.005, 0.005).</summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="size">Side of the images, in pixels.</param>
    /// <param name="seed">The seed of the dropout.</param>
    /// <returns>[N, 1, size, size] or [N, size²] to logits [N, 1].</returns>
    public static MaxoutDiscriminator Discriminator(Generator weights, int size = 28, int seed = 0) =>
        new MaxoutDiscriminator(size * size, seed: seed).Uniform(weights, DiscriminatorRange);
}
