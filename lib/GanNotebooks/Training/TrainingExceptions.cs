namespace GanNotebooks.Training;

/// <summary>
/// The exception of a loss or a gradient that became infinite or NaN. Training stops at this step, because a correction would hide the
/// cause.
/// </summary>
public sealed class NonFiniteLossException : Exception
{
    internal NonFiniteLossException(int step, DiscriminatorRecord discriminator, double generatorLoss, double generatorGradient,
        TrainingConfig config) : base(FormattableString.Invariant($"The run diverged at step {step}: ")
            + FormattableString.Invariant($"discriminator's loss {discriminator.Loss}, gradient {discriminator.GradientNorm}; ")
            + FormattableString.Invariant($"generator's loss {generatorLoss}, gradient {generatorGradient}. ")
            + FormattableString.Invariant($"Smaller learning rates may help. Seed {config.Seed}; {config}"))
    {
    }

    internal NonFiniteLossException(int step, double loss, double gradient, string config) : base(
        FormattableString.Invariant($"The run diverged at step {step}: loss {loss}, norm of the gradient {gradient}. ")
            + $"A smaller learning rate may help. {config}")
    {
    }
}

/// <summary>The exception of a step that needs more memory than the device has.</summary>
/// <param name="batchSize">Number of real samples, and of generated samples, in a batch.</param>
/// <param name="step">Step that ran out of memory.</param>
/// <param name="cause">Exception of torch.</param>
public sealed class DeviceMemoryException(int batchSize, int step, Exception cause) : Exception(
    batchSize > 1
        ? $"Out of memory in step {step} with batches of {batchSize}. Try half of it: a batch of {batchSize / 2}. (torch: "
            + $"{FirstLine(cause)})"
        : $"Out of memory in step {step} with batches of 1: these networks do not fit this device. (torch: {FirstLine(cause)})",
    cause)
{
    /// <summary>Whether an exception of torch reports that memory ran out, on a GPU or on the CPU.</summary>
    internal static bool IsMeant(Exception exception) =>
        exception is System.Runtime.InteropServices.ExternalException
        && (exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("can't allocate memory", StringComparison.Ordinal));

    private static string FirstLine(Exception cause) => cause.Message.Split('\n')[0];
}
