using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) over a flat vector: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
/// θ ← θ − α/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε). On the CPU one pass over the memory computes the update; other devices use several tensor
/// operations.
/// </summary>
internal sealed class FlatAdam(FlatParameters parameters, AdamConfig config) : FlatOptimizer
{
    /// <summary>Mean of the gradients, m, [P].</summary>
    public Tensor Mean { get; } = zeros_like(parameters.Values).DetachFromDisposeScope();

    /// <summary>Mean of the squared gradients, v, [P].</summary>
    public Tensor Square { get; } = zeros_like(parameters.Values).DetachFromDisposeScope();

    public override string Name => "adam";

    public override IEnumerable<(string Name, Tensor Tensor)> State => [("mean", Mean), ("square", Square)];

    /// <summary>Returns α/(1 − β₁ᵗ) and √(1 − β₂ᵗ) of update t.</summary>
    public (double Rate, double Root) Corrections(double learningRate, long update) =>
        (learningRate / (1 - Math.Pow(config.Beta1, update)), Math.Sqrt(1 - Math.Pow(config.Beta2, update)));

    public override void Step(double learningRate)
    {
        var (rate, root) = Corrections(learningRate, ++Updates);
        parameters.Gather();
        if (parameters.Values.device_type == DeviceType.CPU)
        {
            StepInMemory(FlatParameters.Floats(parameters.Values), FlatParameters.Floats(parameters.Gradients),
                FlatParameters.Floats(Mean), FlatParameters.Floats(Square), (float)rate, (float)root);
        }
        else
        {
            StepByTensors(rate, root);
        }
        parameters.Scatter();
    }

    internal void StepByTensors(double rate, double root)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var g = parameters.Gradients;
        Mean.mul_(config.Beta1).add_(g, 1 - config.Beta1);
        Square.mul_(config.Beta2).addcmul_(g, g, 1 - config.Beta2);
        parameters.Values.addcdiv_(Mean, Square.sqrt().div_(root).add_(config.Epsilon), -rate);
    }

    private void StepInMemory(Span<float> theta, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, float rate, float root)
    {
        var (beta1, beta2, epsilon) = ((float)config.Beta1, (float)config.Beta2, (float)config.Epsilon);
        var (rest1, rest2) = ((float)(1 - config.Beta1), (float)(1 - config.Beta2));
        int i = 0;
        for (; i <= theta.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var m = beta1 * new Vector<float>(mean[i..]) + rest1 * g;
            var v = beta2 * new Vector<float>(square[i..]) + rest2 * g * g;
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
            (new Vector<float>(theta[i..]) - rate * m / (Vector.SquareRoot(v) / root + new Vector<float>(epsilon))).CopyTo(theta[i..]);
        }
        for (; i < theta.Length; i++)
        {
            mean[i] = beta1 * mean[i] + rest1 * gradient[i];
            square[i] = beta2 * square[i] + rest2 * gradient[i] * gradient[i];
            theta[i] -= rate * mean[i] / (MathF.Sqrt(square[i]) / root + epsilon);
        }
    }
}
