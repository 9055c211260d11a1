namespace GanNotebooks.Training;

/// <summary>A loss became infinite or NaN. Training stops there: patching over it would hide the cause.</summary>
/// <param name="step">The step.</param>
/// <param name="discriminatorLoss">The discriminator's loss.</param>
/// <param name="generatorLoss">The generator's loss.</param>
/// <param name="config">The settings.</param>
public sealed class NonFiniteLossException(int step, double discriminatorLoss, double generatorLoss, TrainingConfig config) : Exception(
    $"The loss is not finite at step {step}: discriminator {discriminatorLoss}, generator {generatorLoss}. Seed {config.Seed}; {config}");
