namespace GanNotebooks.Live;

/// <summary>The live page cannot be opened; the message is for the reader.</summary>
public sealed class LivePageException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LivePageException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public LivePageException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LivePageException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
