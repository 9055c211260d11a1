namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>What an exception says about itself. A cell may have written its type, so that every member of it may throw again.</summary>
internal static class ExceptionText
{
    /// <summary>Characters of a message. A reader reads a few hundred.</summary>
    public const int MessageLimit = 20_000;

    public static string Message(Exception error)
    {
        string text = Or(() => error.Message, "(an exception without a message)", "(the message of this exception throws an exception)");
        return text.Length <= MessageLimit
            ? text
            : text[..MessageLimit] + $"\n[cut here: {MessageLimit:N0} characters of a message are shown]";
    }

    public static string Stack(Exception error) => Or(() => error.StackTrace, "", "");

    private static string Or(Func<string?> ask, string missing, string thrown)
    {
        try
        {
            return ask() ?? missing;
        }
#pragma warning disable CA1031 // A cell's own type may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return thrown;
        }
    }
}
