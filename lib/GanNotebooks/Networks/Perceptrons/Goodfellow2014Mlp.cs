using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The two networks of the first GAN on MNIST with their start (Goodfellow et al. 2014; <c>mnist.yaml</c> of the authors' code). There are
/// two pairs. <see cref="Generator"/> and <see cref="Discriminator"/> see pixels in [-1, 1] behind tanh, and the bias of the last layer
/// starts at zero. <see cref="OriginalGenerator"/> and <see cref="OriginalDiscriminator"/> compute as the authors' networks do: in pixels
/// of [0, 1] behind a sigmoid, whose bias starts at the mean image.
/// </summary>
public static class Goodfellow2014Mlp
{
    private const int Hidden = 1200;
    private const double GeneratorRange = 0.05, DiscriminatorRange = 0.005, Darkest = 1e-7;

    /// <summary>100 → 1200 → 1200 → 784 with ReLU; weights from U(-0.05, 0.05). Its noise is uniform.</summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <param name="size">Side of the images, in pixels.</param>
    /// <returns>[N, noise] to [N, 1, size, size] in (-1, 1).</returns>
    public static MultilayerPerceptron Generator(Generator weights, int noise = 100, int size = 28) =>
        new MultilayerPerceptron(noise, [Hidden, Hidden], [1, size, size], outputActivation: Activation.Tanh)
            .Uniform(weights, GeneratorRange);

    /// <summary>
    /// The authors' generator: as <see cref="Generator"/>, but with a sigmoid after the last layer, 2σ(h) − 1 in our range, and with the
    /// logit of the mean image as the bias of that layer. Its noise is uniform with variance 1.
    /// </summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="images">Images of the training set, [N, 1, size, size] in [-1, 1].</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <returns>[N, noise] to [N, 1, size, size] in (-1, 1).</returns>
    public static nn.Module<Tensor, Tensor> OriginalGenerator(Generator weights, Tensor images, int noise = 100)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var pixels = new MultilayerPerceptron(noise, [Hidden, Hidden], images.shape[1..], outputActivation: Activation.Sigmoid)
            .Uniform(weights, GeneratorRange);
        var mean = images.flatten(1).mean([0]).add(1).div(2).clamp(Darkest, 1 - Darkest); // [size²], in (0, 1)
        pixels.Linears[^1].bias!.copy_((mean / (1 - mean)).log());
        return nn.Sequential(("pixels", pixels), ("range", new Rescale(2, -1)));
    }

    /// <summary>The authors' discriminator: as <see cref="Discriminator"/>, but its first layer sees pixels in [0, 1].</summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="size">Side of the images, in pixels.</param>
    /// <param name="seed">The seed of the dropout.</param>
    /// <returns>[N, 1, size, size] in [-1, 1] to logits [N, 1].</returns>
    public static nn.Module<Tensor, Tensor> OriginalDiscriminator(Generator weights, int size = 28, int seed = 0) =>
        nn.Sequential(("range", new Rescale(0.5, 0.5)), ("maxout", Discriminator(weights, size, seed)));

    /// <summary>784 → maxout 240 × 5 → maxout 240 × 5 → 1 with dropout; weights from U(-0.005, 0.005).</summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="size">Side of the images, in pixels.</param>
    /// <param name="seed">The seed of the dropout.</param>
    /// <returns>[N, 1, size, size] or [N, size²] to logits [N, 1].</returns>
    public static MaxoutDiscriminator Discriminator(Generator weights, int size = 28, int seed = 0) =>
        new MaxoutDiscriminator(size * size, seed: seed).Uniform(weights, DiscriminatorRange);
}
