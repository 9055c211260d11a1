using GanNotebooks.Losses;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Computes the gradient of a loss by a column of logits, first data and then fakes, into <see cref="INetworkPass.OutputGradient"/>.
/// </summary>
internal static class LogitGradients
{
    public static PlayerLosses OfDiscriminator(IAdversarialLoss loss, INetworkPass pass, int reals) => loss is ISeparableLoss separable
        ? ByHand(pass, reals, separable.DiscriminatorOnReal, separable.DiscriminatorOnFake)
        : ByAutograd(pass, reals, loss.Discriminator);

    public static PlayerLosses OfGenerator(IAdversarialLoss loss, INetworkPass pass, int reals) =>
        loss is ISeparableLoss separable && reals == 0
        ? ByHand(pass, 0, separable.GeneratorOnFake, separable.GeneratorOnFake)
        : ByAutograd(pass, reals, loss.Generator);

    private static PlayerLosses ByHand(INetworkPass pass, int reals, Func<double, (double Value, double Slope)> onReal,
        Func<double, (double Value, double Slope)> onFake)
    {
        var logits = FlatParameters.Floats(pass.Output);
        var slopes = FlatParameters.Floats(pass.OutputGradient);
        int n = logits.Length, fakes = n - reals;
        double real = 0, fake = 0;
        for (int i = 0; i < n; i++)
        {
            var (value, slope) = i < reals ? onReal(logits[i]) : onFake(logits[i]);
            (real, fake) = i < reals ? (real + value, fake) : (real, fake + value);
            slopes[i] = (float)(slope / (i < reals ? reals : fakes));
        }
        double mean = fake / fakes + (reals > 0 ? real / reals : 0);
        var (x, g) = Split(pass.Output, reals);
        return new PlayerLosses(tensor((float)mean), x, g);
    }

    // Autograd differentiates every loss that has no hand-written slope, on a column of logits.
    private static PlayerLosses ByAutograd(INetworkPass pass, int reals, Func<Tensor, Tensor, Tensor> loss)
    {
        using var withGradient = enable_grad();
        var logits = pass.Output.clone().requires_grad_(true);
        var (real, fake) = Split(logits, reals);
        var value = loss(real ?? fake, fake);
        value.backward();
        using (no_grad())
            pass.OutputGradient.copy_(logits.grad!);
        return new PlayerLosses(value, real, fake);
    }

    private static (Tensor? Real, Tensor Fake) Split(Tensor logits, int reals) =>
        reals == 0 ? (null, logits) : (logits.narrow(0, 0, reals), logits.narrow(0, reals, logits.size(0) - reals));
}
