using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>One cell of a notebook file.</summary>
/// <param name="Index">Position among all cells, from 0.</param>
/// <param name="Number">For code cells the position among code cells, from 1: what an editor shows as [n] after "run all". Else 0.</param>
/// <param name="KindName">The kind as the file names it, for messages.</param>
internal sealed record NotebookCell(int Index, int Number, string Id, CellKind Kind, string KindName, string Source, JsonObject Json)
{
    private static readonly string[] Separators = ["\r\n", "\n"];

    public string[] Lines => Source.Split(Separators, StringSplitOptions.None);

    /// <summary>The file named by a cell that holds nothing but <c>#!import file</c>; otherwise null.</summary>
    public string? ImportedFile
    {
        get
        {
            const string import = "#!import ";
            string text = Source.Trim();
            return Kind is CellKind.Code && text.StartsWith(import, StringComparison.Ordinal) && !text.Contains('\n')
                ? text[import.Length..].Trim()
                : null;
        }
    }

    /// <summary>"cell [4]" for code, "cell 7 (markdown)" otherwise.</summary>
    public string Label => Kind is CellKind.Code ? $"cell [{Number}]" : $"cell {Index + 1} ({KindName})";
}

internal enum CellKind
{
    Markdown,
    Code,

    /// <summary>Anything else: raw cells, code in another language.</summary>
    Unknown,
}
