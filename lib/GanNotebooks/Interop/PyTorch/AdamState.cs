using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// The state of an Adam optimiser over one group of parameters. PyTorch numbers the parameters in the order in which the optimiser got
/// them, which for <c>module.parameters()</c> is the order of <c>named_parameters()</c>; here they have names.
/// </summary>
/// <param name="Parameters">The names of all parameters, in that order.</param>
/// <param name="Moments">The moments of each parameter; a parameter that was never updated has none.</param>
public sealed record AdamState(IReadOnlyList<string> Parameters, IReadOnlyDictionary<string, AdamMoments> Moments)
{
    /// <summary>α; <c>lr</c> in PyTorch.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>β₁, of the mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, of the square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε; <c>eps</c>.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The factor of θ that is added to the gradient; <c>weight_decay</c>.</summary>
    public double WeightDecay { get; init; }
}

/// <summary>Adam's moments of one parameter.</summary>
/// <param name="Mean">m, the running mean of the gradient, in the parameter's shape; <c>exp_avg</c> in PyTorch.</param>
/// <param name="Square">v, the running mean of its square; <c>exp_avg_sq</c>.</param>
/// <param name="Updates">Updates made, t; <c>step</c>.</param>
public sealed record AdamMoments(Tensor Mean, Tensor Square, long Updates);
