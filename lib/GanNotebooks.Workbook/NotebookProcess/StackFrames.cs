using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>A stack trace as a reader of notebooks needs it: no frames of the script engine, no compiler-made names.</summary>
internal static partial class StackFrames
{
    private static readonly string[] Machinery =
    [
        "Microsoft.CodeAnalysis.", "Microsoft.DotNet.Interactive.", "System.Runtime.CompilerServices.", "System.Runtime.ExceptionServices.",
        "System.Threading.Tasks.",
        "GanNotebooks.Workbook.",
    ];

    public static IReadOnlyList<string> Of(Exception error)
    {
        var lines = new List<string> { $"{error.GetType().FullName}: {error.Message}" };
        for (var at = error; at is not null; at = at.InnerException)
        {
            if (at != error)
                lines.Add($" ---> {at.GetType().FullName}: {at.Message}");
            foreach (string? frame in (at.StackTrace ?? "").Split('\n').Select(line => line.Trim()).Where(IsOfInterest))
                lines.Add("   " + Readable(frame));
        }

        return lines;
    }

    /// <summary>The line of the innermost frame that lies in a file; 0 when there is none.</summary>
    public static int LineIn(string file, IEnumerable<string> frames)
    {
        string mark = $"{file}:line ";
        foreach (string frame in frames)
        {
            // The debugger's files carry the working folder before their name.
            int at = frame.LastIndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && frame[at - 1] is ' ' or '/' or '\\' && int.TryParse(frame[(at + mark.Length)..], out int line))
                return line;
        }

        return 0;
    }

    private static bool IsOfInterest(string frame) =>
        frame.StartsWith("at ", StringComparison.Ordinal)
            && !Machinery.Any(name => frame.AsSpan(3).StartsWith(name, StringComparison.Ordinal));

    private static string Readable(string frame) => Submission().Replace(Body().Replace(frame, "at"), "");

    [GeneratedRegex(@"at Submission#\d+\.<<Initialize>>d__\d+\.MoveNext\(\) in")]
    private static partial Regex Body();

    [GeneratedRegex(@"Submission#\d+\.")]
    private static partial Regex Submission();
}
