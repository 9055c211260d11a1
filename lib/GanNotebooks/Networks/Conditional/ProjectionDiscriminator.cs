using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The projection discriminator (Miyato and Koyama 2018, equation 3): l(x, c) = ψ(φ(x)) + cᵀ V φ(x), with a linear ψ. The second term is
/// the inner product of the features with an embedding of the condition. It is the form of log p(x|c)/q(x|c) when both posteriors of the
/// class are softmax models on the features φ.
/// </summary>
public sealed class ProjectionDiscriminator : ConditionalNetwork
{
    private readonly nn.Module<Tensor, Tensor> features;
    private readonly Linear head, embedding;
    private readonly int classes;

    /// <summary>Builds the discriminator.</summary>
    /// <param name="features">φ, maps samples [N, ...] to features [N, F].</param>
    /// <param name="featureCount">F.</param>
    /// <param name="condition">Numbers in one condition, K.</param>
    public ProjectionDiscriminator(nn.Module<Tensor, Tensor> features, int featureCount, int condition)
        : base(nameof(ProjectionDiscriminator))
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(condition, 1);
        (this.features, classes) = (features, condition);
        head = nn.Linear(featureCount, 1);
        embedding = nn.Linear(condition, featureCount, hasBias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        ConditionShape.RequireVectors(condition, classes);
        var phi = features.call(input); // [N, F]
        return head.call(phi) + (embedding.call(condition) * phi).sum(1, keepdim: true); // [N, 1]
    }
}

/// <summary>
/// The discriminator of AC-GAN (Odena, Olah, Shlens 2017): one head says real or generated without looking at the class, a second one names
/// the class. The condition enters through the losses only (<c>TrainingConfig.AuxiliaryWeight</c>).
/// </summary>
public sealed class AuxiliaryDiscriminator : ConditionalNetwork, IAuxiliaryClassifier
{
    private readonly nn.Module<Tensor, Tensor> features;
    private readonly Linear head, classifier;

    /// <summary>Builds the discriminator.</summary>
    /// <param name="features">Maps samples [N, ...] to features [N, F].</param>
    /// <param name="featureCount">F.</param>
    /// <param name="classes">Number of classes, K.</param>
    public AuxiliaryDiscriminator(nn.Module<Tensor, Tensor> features, int featureCount, int classes)
        : base(nameof(AuxiliaryDiscriminator))
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        this.features = features;
        (head, classifier) = (nn.Linear(featureCount, 1), nn.Linear(featureCount, classes));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor condition) => head.call(features.call(input)); // [N, 1]

    /// <inheritdoc/>
    public Tensor Classify(Tensor samples) => classifier.call(features.call(samples)); // [N, K]
}

/// <summary>A discriminator that also names the class of a sample.</summary>
public interface IAuxiliaryClassifier
{
    /// <summary>Computes the logits of the classes.</summary>
    /// <param name="samples">[N, ...].</param>
    /// <returns>[N, K]; their softmax is the class's law.</returns>
    Tensor Classify(Tensor samples);
}

/// <summary>Checks conditions.</summary>
internal static class ConditionShape
{
    public static void RequireVectors(Tensor condition, int count)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.dim() != 2 || condition.size(1) != count)
            throw new ArgumentException($"expected conditions [N, {count}], got {Shape.Text(condition.shape)}", nameof(condition));
    }

    public static void RequireImages(Tensor condition, int channels, int size)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.dim() != 4 || condition.size(1) != channels || condition.size(2) != size || condition.size(3) != size)
        {
            throw new ArgumentException(
                $"expected conditions [N, {channels}, {size}, {size}], got {Shape.Text(condition.shape)}", nameof(condition));
        }
    }
}
