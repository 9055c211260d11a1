using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The discriminator after k further updates against the current fakes, as a function of G. G's gradient goes through these updates (Metz
/// et al. 2017, equations 7 to 9). The updates are those of Adam from its current state; D itself does not change.
/// </summary>
internal sealed class UnrolledDiscriminator(TrainingConfig config, Players players,
    Func<Func<Tensor, Tensor>, Tensor, Tensor, PlayerLosses> loss)
{
    private const double Tiny = 1e-16; // √v has an infinite slope at v = 0

    public Func<Tensor, Tensor> After(StepInfo moment, Tensor real, Tensor fake)
    {
        var network = (IFunctionalModule)players.Discriminator;
        var (flat, adam, optimizer) = (
            players.DiscriminatorParameters, (FlatAdam)players.DiscriminatorOptimizer, (AdamConfig)config.DiscriminatorOptimizer);
        var theta = flat.Values.detach().requires_grad_(true); // [P]
        var (mean, square) = (adam.Mean, adam.Square);
        double learningRate = config.LearningRateAt(optimizer, moment.Done);
        for (int k = 1; k <= config.UnrolledSteps; k++)
        {
            var views = flat.Views(theta);
            Tensor Critic(Tensor x) => network.FunctionalCall(x, views);
            var value = loss(Critic, real, fake).Loss;
            var gradient = autograd.grad([value], [theta], retain_graph: true, create_graph: true)[0]; // [P]
            mean = optimizer.Beta1 * mean + (1 - optimizer.Beta1) * gradient;
            square = optimizer.Beta2 * square + (1 - optimizer.Beta2) * gradient.square();
            var (rate, root) = adam.Corrections(learningRate, adam.Updates + k);
            theta = theta - rate * mean / ((square + Tiny).sqrt() / root + optimizer.Epsilon);
        }
        var last = flat.Views(theta);
        return x => network.FunctionalCall(x, last);
    }
}
