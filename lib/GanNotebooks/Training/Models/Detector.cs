using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A classifier of two sets of samples as a model with one player: real in the first place of each pair, generated in the second. It is a
/// discriminator whose generator stands still. The loss is the logistic one, the mean of softplus(-l(x)) and softplus(l(x̃)), in nats;
/// log 2 is chance. The best detector answers right with probability (1 + TV)/2.
/// </summary>
/// <param name="network">Maps samples [N, ...] to logits [N, 1], high on real.</param>
public sealed class Detector(nn.Module<Tensor, Tensor> network) : ITrainableModel
{
    /// <inheritdoc/>
    public nn.Module Network => network;

    /// <inheritdoc/>
    public Tensor Backward(Tensor batch, Generator random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.dim() < 3 || batch.size(1) != 2)
            throw new ArgumentException($"expected pairs [N, 2, ...], real and generated, got {Runtime.Shape.Text(batch.shape)}");
        var (real, fake) = (network.call(batch.select(1, 0)), network.call(batch.select(1, 1)));
        var loss = (nn.functional.softplus(-real).mean() + nn.functional.softplus(fake).mean()) / 2;
        loss.backward();
        return loss.detach();
    }

    /// <summary>
    /// Computes the share of right answers at equal priors: the mean of the share of real samples with a positive logit and the share of
    /// generated samples with another one. On samples that it was not trained on, 2A - 1 is a lower bound of TV, up to its error.
    /// </summary>
    /// <param name="real">Real samples, [N, ...].</param>
    /// <param name="generated">Generated samples, [M, ...].</param>
    /// <returns>A with its standard error.</returns>
    public (double Value, double StandardError) Accuracy(Tensor real, Tensor generated)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        network.eval();
        double Positive(Tensor samples) => network.call(samples).gt(0).to(float64).mean().item<double>();
        var (hit, missed) = (Positive(real), Positive(generated));
        double variance = hit * (1 - hit) / real.size(0) + missed * (1 - missed) / generated.size(0);
        return ((1 + hit - missed) / 2, Math.Sqrt(variance) / 2);
    }
}
