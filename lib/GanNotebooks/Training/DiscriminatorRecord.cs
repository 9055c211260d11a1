using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>What a discriminator's step looked like, as plain numbers.</summary>
internal readonly record struct DiscriminatorRecord(
    double Loss, double Penalty, double RealLogit, double FakeLogit, double RealProbability, double FakeProbability, double Accuracy, double GradientNorm)
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
