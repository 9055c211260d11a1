namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Lines such as <c>#!fsharp</c>, <c>#!html</c> or <c>#!time</c>, which VS Code and Jupyter know and this runner does not. The kernel
/// passes over some in silence and takes what follows others for C#; so the cell fails with a sentence instead.
/// </summary>
internal static class KernelLines
{
    private static readonly HashSet<string> Known = ["#!import", "#!csharp", "#!C#", "#!c#"];
    private static readonly HashSet<string> Languages = ["#!fsharp", "#!f#", "#!pwsh", "#!powershell", "#!javascript", "#!js", "#!html",
        "#!markdown", "#!md", "#!mermaid", "#!sql", "#!kql", "#!http", "#!python"];

    private const string Elsewhere = "Run this notebook in VS Code, Jupyter or dotnet-repl.";

    /// <summary>Why a cell cannot run here; null when it can.</summary>
    public static CellFailure? Refusal(string code)
    {
        int number = 0;
        foreach (string line in code.Split('\n'))
        {
            number++;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || !line.StartsWith("#!", StringComparison.Ordinal))
                continue;
            if (words is ["#!import", .., var file] && Path.GetExtension(file.Trim('"')).ToLowerInvariant() is ".ipynb" or ".dib")
            {
                return Failure(number,
                    $"`{line.Trim()}`: the workbook's own runner imports C# files (.csx, .cs) and no notebooks. {Elsewhere}");
            }

            if (!Known.Contains(words[0]))
            {
                string what = Languages.Contains(words[0].ToLowerInvariant()) ? "runs C# only" : "knows no such command, only #!import";
                return Failure(number, $"`{words[0]}`: the workbook's own runner {what}. {Elsewhere}");
            }
        }

        return null;
    }

    private static CellFailure Failure(int line, string message) => new("NotSupported", message, line, []);
}
