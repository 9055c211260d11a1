using System.Reflection;
using System.Runtime.InteropServices;

namespace GanNotebooks.Workbook;

/// <summary>What a command says when it fails: one line, never a stack trace.</summary>
internal static class Failures
{
    /// <summary>Set to 1, this environment variable prints the stack trace of a fault of the program itself.</summary>
    public const string TraceVariable = "GAN_NOTEBOOKS_TRACE";

    private const string NoMemory = "There is not enough memory for this. Smaller batches, widths or numbers of jobs need less.";

    /// <summary>The line for an exception that ended a command.</summary>
    public static string Line(Exception error)
    {
        error = Cause(error);
        return OneLine.Message(error switch
        {
            OutOfMemoryException => NoMemory,
            ExternalException when error.Message.Contains("allocate memory", StringComparison.Ordinal) => NoMemory,
            _ when IsForReaders(error) => WithoutParameter(error),
            _ => $"This is a fault of workbook itself, please report it: {error.GetType().Name}: {FirstLine(error.Message)} "
                + $"({TraceVariable}=1 shows where it happened.)",
        });
    }

    /// <summary>The exit code for an exception that ended a command.</summary>
    public static int Code(Exception error) => Cause(error) switch
    {
        UsageException or ArgumentException => ExitCode.Usage,
        OperationCanceledException => ExitCode.Stopped,
        _ => ExitCode.Failed,
    };

    /// <summary>The exception that says what happened, out of those that only wrap it.</summary>
    public static Exception Cause(Exception error) =>
        error is AggregateException or TargetInvocationException or TypeInitializationException && error.InnerException is { } inner
            ? Cause(inner)
            : error;

    // What the system and the library throw is about the reader's machine, files and settings; their messages say so in words.
    private static bool IsForReaders(Exception error) =>
        error is UsageException or IOException or UnauthorizedAccessException or ExternalException or OverflowException or ArgumentException
            or InvalidOperationException or NotSupportedException or DllNotFoundException
        || error.GetType().Namespace?.StartsWith(nameof(GanNotebooks), StringComparison.Ordinal) == true;

    // torch appends its own stack to the first line; an ArgumentException appends its parameter.
    private static string WithoutParameter(Exception error) => error switch
    {
        ArgumentException => error.Message.Split(" (Parameter '")[0],
        ExternalException => FirstLine(error.Message),
        _ => error.Message,
    };

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].TrimEnd();
}
