using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>The function between two layers, or after the last one.</summary>
public enum Activation
{
    /// <summary>None: a ↦ a.</summary>
    Identity,

    /// <summary>a ↦ max(0, a).</summary>
    ReLU,

    /// <summary>a ↦ a for a ≥ 0, 0.2 a otherwise (the slope of DCGAN, Radford et al. 2015).</summary>
    LeakyReLU,

    /// <summary>a ↦ tanh a, in (-1, 1): the range of the images.</summary>
    Tanh,

    /// <summary>a ↦ 1 / (1 + e^(-a)), in (0, 1).</summary>
    Sigmoid,
}

/// <summary>The modules that compute activations.</summary>
internal static class ActivationModules
{
    public const double LeakySlope = 0.2;

    public static nn.Module<Tensor, Tensor> Create(this Activation activation) => activation switch
    {
        Activation.Identity => nn.Identity(),
        Activation.ReLU => nn.ReLU(),
        Activation.LeakyReLU => nn.LeakyReLU(LeakySlope),
        Activation.Tanh => nn.Tanh(),
        Activation.Sigmoid => nn.Sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation"),
    };

    public static Tensor Apply(this Activation activation, Tensor a) => activation switch
    {
        Activation.Identity => a,
        Activation.ReLU => nn.functional.relu(a),
        Activation.LeakyReLU => nn.functional.leaky_relu(a, LeakySlope),
        Activation.Tanh => a.tanh(),
        Activation.Sigmoid => a.sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation"),
    };
}
