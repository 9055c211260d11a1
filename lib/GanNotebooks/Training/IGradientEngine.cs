using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Computes the gradients of one player's loss into its <see cref="FlatParameters"/>. It moves nothing.</summary>
internal interface IGradientEngine : IDisposable
{
    /// <summary>The gradient of D's loss.</summary>
    /// <param name="moment">When: for schedules and for what is drawn.</param>
    /// <param name="real">Data, [N, ...].</param>
    /// <param name="noise">z, [N, ...].</param>
    PlayerLosses Discriminator(StepMoment moment, Tensor real, Tensor noise);

    /// <summary>The gradient of G's loss.</summary>
    /// <param name="moment">When.</param>
    /// <param name="real">Data, [N, ...]; null when the settings do not need them.</param>
    /// <param name="noise">z, [N, ...].</param>
    PlayerLosses Generator(StepMoment moment, Tensor? real, Tensor noise);
}
