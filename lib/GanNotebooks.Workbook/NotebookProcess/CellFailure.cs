namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>Why a cell failed, as a reader sees it.</summary>
/// <param name="Line">Line in the cell, from 1; 0 when not known.</param>
internal sealed record CellFailure(string Name, string Message, int Line, IReadOnlyList<string> Trace)
{
    public static CellFailure From(Exception exception, string file)
    {
        var error = Innermost(exception);
        var trace = StackFrames.Of(error);
        string message = WithoutNativeFrames(ExceptionText.Message(error));
        return new CellFailure(error.GetType().Name, message, StackFrames.LineIn(file, trace), trace);
    }

    // libtorch appends its own stack trace to its message.
    private static string WithoutNativeFrames(string message) =>
        message.IndexOf("\nException raised from ", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;

    /// <summary>
    /// A failed check or torch call inside a task or a static constructor is wrapped; the wrapper carries no information.
    /// </summary>
    private static Exception Innermost(Exception error) => error switch
    {
        AggregateException { InnerExceptions.Count: 1 } many => Innermost(many.InnerExceptions[0]),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Innermost(inner),
        TypeInitializationException { InnerException: { } inner } => Innermost(inner),
        _ => error,
    };
}
