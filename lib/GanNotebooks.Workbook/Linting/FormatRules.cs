using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>The file: version, ids, metadata, no outputs.</summary>
internal sealed partial class FormatRules : ILintRules
{
    private const string Fixable = "`workbook check --fix` mends it";

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var notebook = subject.Notebook;
        if (notebook.Root["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out int number) || number != AllowedMetadata.Minor)
            yield return new Finding(LintRule.Format, "", $"nbformat must be 4.{AllowedMetadata.Minor}; {Fixable}");
        if (!JsonNode.DeepEquals(notebook.Root["metadata"], AllowedMetadata.OfNotebook()))
            yield return new Finding(LintRule.Metadata, "", $"the notebook's metadata differs from the allow-list; {Fixable}");

        var ids = new HashSet<string>();
        foreach (var cell in notebook.Cells)
        {
            if (!Id().IsMatch(cell.Id))
                yield return new Finding(LintRule.CellId, cell.Label, $"id '{cell.Id}' is missing or malformed; {Fixable}");
            else if (!ids.Add(cell.Id))
                yield return new Finding(LintRule.CellId, cell.Label, $"id '{cell.Id}' is used twice; {Fixable}");
            foreach (var finding in OfCell(cell))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> OfCell(NotebookCell cell)
    {
        if (cell.Kind is CellKind.Unknown)
        {
            yield return new Finding(LintRule.CellKind, cell.Label, "only Markdown and C# code cells are allowed");
            yield break;
        }

        var foreign = cell.Json.Select(pair => pair.Key).Except(AllowedMetadata.CellKeys(cell.Kind)).ToList();
        if (foreign.Count > 0)
            yield return new Finding(LintRule.Metadata, cell.Label, $"has {string.Join(", ", foreign)}; {Fixable}");
        if (!JsonNode.DeepEquals(cell.Json["metadata"], AllowedMetadata.Of(cell)))
            yield return new Finding(LintRule.Metadata, cell.Label, $"its metadata differs from the allow-list; {Fixable}");
        if (cell.Kind is CellKind.Code && (cell.Json["execution_count"] is not null || cell.Json["outputs"] is not JsonArray { Count: 0 }))
            yield return new Finding(LintRule.Outputs, cell.Label, $"has outputs or an execution count; {Fixable}");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Id();
}
