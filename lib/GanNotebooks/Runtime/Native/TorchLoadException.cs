namespace GanNotebooks.Runtime;

/// <summary>Torch's native library cannot be used on this machine; the message names what is missing and what mends it.</summary>
public sealed class TorchLoadException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TorchLoadException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
