using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Computes the gradients of one player's loss into its <see cref="FlatParameters"/>. It moves nothing.</summary>
internal interface IGradientEngine : IDisposable
{
    /// <summary>The gradient of D's loss.</summary>
    /// <param name="moment">When: for schedules and for what is drawn.</param>
    /// <param name="real">Data, [N, ...].</param>
    /// <param name="noise">z, [N, ...].</param>
    PlayerLosses Discriminator(StepInfo moment, Tensor real, Tensor noise);

    /// <summary>The gradient of G's loss.</summary>
    /// <param name="moment">When.</param>
    /// <param name="real">Data, [N, ...]; null when the settings do not need them.</param>
    /// <param name="noise">z, [N, ...].</param>
    PlayerLosses Generator(StepInfo moment, Tensor? real, Tensor noise);
}

/// <summary>Where in a run an update is made.</summary>
/// <param name="Update">Updates that this player made before: the counter of all that is drawn for this one.</param>
/// <param name="Done">Fraction of the run that is done, in [0, 1].</param>
internal readonly record struct StepInfo(long Update, double Done);

/// <summary>What an update was made from, still as tensors: the loss and the logits that it was computed from.</summary>
/// <param name="Loss">Scalar, without penalties.</param>
/// <param name="Real">Logits on data, [N, 1]; null when the loss did not need them.</param>
/// <param name="Fake">Logits on generated samples, [N, 1].</param>
/// <param name="Penalty">Scalar: what was added to the loss; null for nothing.</param>
internal readonly record struct PlayerLosses(Tensor Loss, Tensor? Real, Tensor Fake, Tensor? Penalty = null);
