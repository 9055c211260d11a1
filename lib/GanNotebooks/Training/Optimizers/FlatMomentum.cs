using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Gradient descent with momentum over a flat vector (<see cref="MomentumConfig"/>): v ← μₜ v − αₜ g, θ ← θ + v.</summary>
internal sealed class FlatMomentum(FlatParameters parameters, MomentumConfig config) : FlatOptimizer
{
    private readonly Tensor velocity = zeros_like(parameters.Values).DetachFromDisposeScope(); // v, [P]

    public override string Name => "momentum";

    public override IEnumerable<(string Name, Tensor Tensor)> State => [("velocity", velocity)];

    public override void Step(double learningRate)
    {
        using var noGradient = no_grad();
        parameters.Gather();
        velocity.mul_(config.MomentumAt(Updates)).add_(parameters.Gradients, -config.RateAt(learningRate, Updates));
        parameters.Values.add_(velocity);
        parameters.Scatter();
        Updates++;
    }
}
