using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Computes the gradients of the players' losses into their <see cref="FlatParameters"/>. It changes no parameter.</summary>
internal interface IGradientEngine : IDisposable
{
    /// <summary>Computes the gradient of D's loss.</summary>
    /// <param name="moment">Position in the run, for schedules and for random numbers.</param>
    /// <param name="real">Real samples, [N, ...].</param>
    /// <param name="noise">Noise z, [N, ...].</param>
    /// <param name="condition">Condition c of each real sample and of each z, [N, ...]; null for the game without conditions.</param>
    PlayerLosses Discriminator(StepInfo moment, Tensor real, Tensor noise, Tensor? condition = null);

    /// <summary>Computes the gradient of G's loss.</summary>
    /// <param name="moment">Position in the run, for schedules and for random numbers.</param>
    /// <param name="real">Real samples, [N, ...]; null when the settings do not need them.</param>
    /// <param name="noise">Noise z, [N, ...].</param>
    /// <param name="condition">Condition c of each real sample and of each z, [N, ...]; null for the game without conditions.</param>
    PlayerLosses Generator(StepInfo moment, Tensor? real, Tensor noise, Tensor? condition = null);

    /// <summary>Computes the gradients of both losses at the same parameters, on the same samples.</summary>
    /// <param name="moment">Position in the run, for schedules and for random numbers.</param>
    /// <param name="real">Real samples, [N, ...].</param>
    /// <param name="noise">Noise z, [N, ...].</param>
    /// <param name="condition">Condition c of each real sample and of each z, [N, ...]; null for the game without conditions.</param>
    (PlayerLosses Discriminator, PlayerLosses Generator) Both(StepInfo moment, Tensor real, Tensor noise, Tensor? condition = null);
}

/// <summary>The position of an update in a run.</summary>
/// <param name="Update">Number of earlier updates of this player. It is the counter for the random numbers of this update.</param>
/// <param name="Done">Fraction of the run that is done, in [0, 1].</param>
internal readonly record struct StepInfo(long Update, double Done);

/// <summary>The loss of one player and the logits from which it was computed, as tensors.</summary>
/// <param name="Loss">The loss, a scalar without penalties.</param>
/// <param name="Real">Logits on data, [N, 1]; null when the loss did not need them.</param>
/// <param name="Fake">Logits on generated samples, [N, 1].</param>
/// <param name="Penalty">The penalty that is added to the loss, a scalar; null for no penalty.</param>
internal readonly record struct PlayerLosses(Tensor Loss, Tensor? Real, Tensor Fake, Tensor? Penalty = null);
