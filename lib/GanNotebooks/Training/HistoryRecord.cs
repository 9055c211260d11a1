using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>The state of a training run at one step, as means over one batch.</summary>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="DiscriminatorLoss">The discriminator's loss, in nats.</param>
/// <param name="GeneratorLoss">The generator's loss, in nats.</param>
/// <param name="RealProbability">Mean D(x) on data.</param>
/// <param name="FakeProbability">Mean D(G(z)) on generated samples.</param>
/// <param name="Accuracy">Share of the batch that D puts on the right side of 1/2.</param>
public sealed record HistoryRecord(
    int Step, double DiscriminatorLoss, double GeneratorLoss, double RealProbability, double FakeProbability, double Accuracy)
    : IStepRecord
{
    /// <summary>Value that the penalties add to the discriminator's loss.</summary>
    public double Penalty { get; init; }

    /// <summary>Mean logit of D on data.</summary>
    public double RealLogit { get; init; }

    /// <summary>Mean logit of D on generated samples.</summary>
    public double FakeLogit { get; init; }

    /// <summary>Euclidean norm of the discriminator's gradient, penalties included.</summary>
    public double DiscriminatorGradientNorm { get; init; }

    /// <summary>Euclidean norm of the generator's gradient.</summary>
    public double GeneratorGradientNorm { get; init; }

    /// <summary>Probability p of each change of the augmentation after this step; 0 without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // the logs of runs without one stay as they were
    public double AugmentationProbability { get; init; }

    /// <summary>
    /// Mean time of a step since the previous record, in seconds. It is the only number here that differs from run to run.
    /// </summary>
    public double StepSeconds { get; init; }
}

/// <summary>The measurements of one discriminator step, as plain numbers.</summary>
internal readonly record struct DiscriminatorRecord(
    double Loss, double Penalty, double RealLogit, double FakeLogit, double RealProbability, double FakeProbability, double Accuracy,
    double GradientNorm)
{
    public static DiscriminatorRecord Of(PlayerLosses losses, FlatParameters parameters)
    {
        using var noGradient = no_grad();
        var (real, fake) = (losses.Real!, losses.Fake);
        return new DiscriminatorRecord(
            losses.Loss.item<float>(),
            losses.Penalty?.item<float>() ?? 0,
            Mean(real),
            Mean(fake),
            Mean(sigmoid(real)),
            Mean(sigmoid(fake)),
            (Mean(real.gt(0)) + Mean(fake.lt(0))) / 2,
            parameters.GradientNorm());
    }

    private static double Mean(Tensor values) => values.to(float32).mean().item<float>();
}
