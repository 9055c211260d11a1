using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>What makes one notebook run in every host.</summary>
internal sealed partial class ContractRules : ILintRules
{
    private const string Import = "#!import setup.csx";
    private static readonly string[] Directives = ["#!", "#r", "#load"];
    private static readonly string[] HostCalls = ["display", "Display", "DisplayAs", "DisplayTable", "HTML"];
    private static readonly string[] HostNames =
        ["Plotly", "GenericChart", "Chart2D", "KernelInvocationContext", "PocketView", "PocketViewTags"];

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var code = subject.Notebook.CodeCells.ToList();
        if (code.ElementAtOrDefault(0) is not { } setup || setup.Source.Trim() != Import)
        {
            yield return new Finding(LintRule.SetupImport, code.FirstOrDefault()?.Label ?? "",
                $"the first code cell must be `{Import}`, alone");
        }

        string open = $"Lab.Open(\"{subject.Notebook.Name}\"";
        if (code.ElementAtOrDefault(1) is not { } second || !second.Source.Contains(open, StringComparison.Ordinal))
        {
            yield return new Finding(LintRule.LabOpen, code.ElementAtOrDefault(1)?.Label ?? "",
                $"the second code cell must open the lab with {open})");
        }
        else if (!second.Lines.Any(line => line.Contains("//", StringComparison.Ordinal)
            && line.Contains("dotnet build", StringComparison.Ordinal)))
        {
            yield return new Finding(LintRule.LabOpen, second.Label,
                $"needs a comment with the build command (`{Repository.BuildCommand}`), for the reader whose library is not built");
        }

        foreach (var finding in code.Skip(1).SelectMany(HostSpecific))
            yield return finding;
        foreach (var cell in subject.Notebook.Cells)
        {
            if (Absolute().Match(cell.Source) is { Success: true } path)
                yield return new Finding(LintRule.AbsolutePath, cell.Label, $"has an absolute path: {path.Value}");
        }
    }

    private static IEnumerable<Finding> HostSpecific(NotebookCell cell)
    {
        foreach (string? line in cell.Lines.Select(line => line.Trim())
            .Where(line => Directives.Any(start => line.StartsWith(start, StringComparison.Ordinal))))
        {
            yield return new Finding(LintRule.HostSpecific, cell.Label, $"`{line}`: no magics and references but `{Import}`");
        }

        var syntax = ScriptSyntax.Parse(cell.Source);
        var calls = ScriptSyntax.Calls(syntax).Intersect(HostCalls).Select(name => name + "()");
        foreach (string? name in calls.Concat(ScriptSyntax.Identifiers(syntax).Intersect(HostNames)))
        {
            yield return new Finding(LintRule.HostSpecific, cell.Label,
                $"{name} is not there in every host; end the cell with the value, use the library's figures");
        }
    }

    [GeneratedRegex(@"(?<![\w.:/~])/(?:home|Users|root|work|tmp|usr|opt|mnt|var|etc|srv)/[^\s""'`)]*"
        + @"|(?<!\w)[A-Za-z]:\\[^\s""'`)]*|file://\S*")]
    private static partial Regex Absolute();
}
