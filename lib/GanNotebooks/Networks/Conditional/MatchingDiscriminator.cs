using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>A discriminator that also says how well a sample and a condition fit (<c>TrainingConfig.Matching</c>).</summary>
public interface IConditionMatcher
{
    /// <summary>Scores every sample with every condition.</summary>
    /// <param name="samples">[N, ...].</param>
    /// <param name="conditions">[M, ...].</param>
    /// <returns>[N, M]; the higher, the better the pair fits.</returns>
    Tensor Scores(Tensor samples, Tensor conditions);
}

/// <summary>
/// A conditional discriminator with a matcher beside it. The matcher maps samples and conditions to points of one sphere; the score of a
/// pair is ten times the cosine between them. Discriminator and matcher share no layer, so that the matcher may be blind to what the
/// discriminator has to see, such as the place of a digit.
/// </summary>
/// <remarks>
/// With batch normalisation in the matcher, G is judged with the statistics of its own batch, and running statistics see both.
/// </remarks>
public sealed class MatchingDiscriminator : ConditionalNetwork, IConditionMatcher
{
    private const double Sharpness = 10;

    private readonly ConditionalNetwork inner;
    private readonly nn.Module<Tensor, Tensor> samples, conditions;

    /// <summary>Joins a discriminator and a matcher; both are trained.</summary>
    /// <param name="inner">The discriminator, whose logits are those of the whole.</param>
    /// <param name="samples">Maps samples [N, ...] to vectors [N, E].</param>
    /// <param name="conditions">Maps conditions [N, ...] to vectors [N, E].</param>
    public MatchingDiscriminator(ConditionalNetwork inner, nn.Module<Tensor, Tensor> samples, nn.Module<Tensor, Tensor> conditions)
        : base(nameof(MatchingDiscriminator))
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(conditions);
        (this.inner, this.samples, this.conditions) = (inner, samples, conditions);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition) => inner.call(input, condition);

    /// <inheritdoc/>
    public Tensor Scores(Tensor samples, Tensor conditions) =>
        Sharpness * OnSphere(this.samples.call(samples)).matmul(OnSphere(this.conditions.call(conditions)).t());

    private static Tensor OnSphere(Tensor points) => nn.functional.normalize(points, dim: 1);
}

/// <summary>
/// Features of an image that forget where they were seen: convolutions, and of each channel the largest value over all positions. A
/// picture that is moved by a multiple of four pixels, away from the border, has the same features. Other moves change them
/// somewhat, because the convolutions have strides, and padding gives the border away.
/// </summary>
public sealed class PooledFeatures : nn.Module<Tensor, Tensor>
{
    private const double Slope = 0.2;

    private readonly Sequential layers;

    /// <summary>Builds the layers.</summary>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="width">Channels of the first layer; the last one has four times as many.</param>
    /// <param name="outputs">Numbers in one result.</param>
    public PooledFeatures(int channels, int width, int outputs)
        : base(nameof(PooledFeatures))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        layers = nn.Sequential([nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(Slope),
            .. Block(width, 2 * width, kernel: 4, stride: 2), .. Block(2 * width, 4 * width, 3, 1), .. Block(4 * width, 4 * width, 3, 1),
            nn.AdaptiveMaxPool2d([1, 1]), nn.Flatten(), nn.Linear(4 * width, outputs)]);
        RegisterComponents();
    }

    /// <summary>Computes the features of images.</summary>
    /// <param name="input">[N, channels, H, W], at least 8 × 8 pixels.</param>
    /// <returns>[N, outputs].</returns>
    public override Tensor forward(Tensor input) => layers.call(input);

    private static nn.Module<Tensor, Tensor>[] Block(int from, int to, int kernel, int stride) =>
        [nn.Conv2d(from, to, kernel, stride, 1), nn.BatchNorm2d(to), nn.LeakyReLU(Slope)];
}
