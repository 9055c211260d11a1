using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A model with one player, which <see cref="ModelTrainer"/> trains: a network, and a rule that computes the gradient of its loss on a
/// batch. Autoencoders use autograd. A Boltzmann machine has no differentiable loss and writes its estimate of the gradient itself.
/// </summary>
public interface ITrainableModel
{
    /// <summary>The network whose parameters are trained; they are float32.</summary>
    nn.Module Network { get; }

    /// <summary>
    /// The model's own settings, besides the shapes of its parameters: a record of numbers and names. Two models with different settings
    /// must not continue each other's runs. They may not change during a run.
    /// </summary>
    object? Settings => null;

    /// <summary>
    /// Tensors that change during training and are no part of <see cref="Network"/>'s <c>state_dict</c>, with their names: persistent
    /// chains, moving means. A checkpoint holds them, and restores their values in place. Names and shapes stay the same.
    /// </summary>
    IEnumerable<(string Name, Tensor Tensor)> State => [];

    /// <summary>
    /// Computes the gradient of the loss on a batch into <c>grad</c> of the network's parameters. The trainer has set every <c>grad</c> to
    /// zeros. A model with autograd calls <c>backward()</c> on its loss. Any other model fills <c>grad</c> in place, with the sign of a
    /// descent: the optimiser subtracts it.
    /// </summary>
    /// <param name="batch">Samples, [N, ...], as the batch source gives them. The trainer disposes them, and all tensors of this
    /// call.</param>
    /// <param name="random">Generator on the CPU whose state depends on the seed of the run and on the step only. So a resumed run draws
    /// the same numbers. It is valid during this call.</param>
    /// <returns>The detached loss, one number; or another quantity to record, if the loss is unknown.</returns>
    Tensor Backward(Tensor batch, Generator random);
}
