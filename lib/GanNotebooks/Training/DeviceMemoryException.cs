namespace GanNotebooks.Training;

/// <summary>The device has no memory left for a step.</summary>
/// <param name="batchSize">Samples of each kind in a batch.</param>
/// <param name="step">The step that did not fit.</param>
/// <param name="cause">What torch said.</param>
public sealed class DeviceMemoryException(int batchSize, int step, Exception cause) : Exception(
    batchSize > 1
        ? $"Out of memory in step {step} with batches of {batchSize}. Try half of it: a batch of {batchSize / 2}. (torch: {FirstLine(cause)})"
        : $"Out of memory in step {step} with batches of 1: these networks do not fit this device. (torch: {FirstLine(cause)})",
    cause)
{
    /// <summary>Whether an exception of torch says that memory ran out, on a GPU or on the CPU.</summary>
    internal static bool IsMeant(Exception exception) =>
        exception is System.Runtime.InteropServices.ExternalException
        && (exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("can't allocate memory", StringComparison.Ordinal));

    private static string FirstLine(Exception cause) => cause.Message.Split('\n')[0];
}
