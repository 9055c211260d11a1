using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>What an update was made from, still as tensors: the loss and the logits that it was computed from.</summary>
/// <param name="Loss">Scalar, without penalties.</param>
/// <param name="Real">Logits on data, [N, 1]; null when the loss did not need them.</param>
/// <param name="Fake">Logits on generated samples, [N, 1].</param>
/// <param name="Penalty">Scalar: what was added to the loss; null for nothing.</param>
internal readonly record struct PlayerLosses(Tensor Loss, Tensor? Real, Tensor Fake, Tensor? Penalty = null);
