using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// The bytes that are left for the outputs of an executed notebook. The copy stays small enough to be read again, whatever the cells show.
/// </summary>
/// <param name="document">The notebook without outputs.</param>
internal sealed class OutputRoom(JsonObject document)
{
    // The report, plotly.js, and one remark for each cell.
    private const int Reserve = 12_000_000;

    // Spaces before a line of an output.
    private const int Indentation = 8;

    private readonly HashSet<int> full = [];
    private long room = NotebookFile.BytesAtMost - Reserve - Bytes(document);

    /// <summary>What a cell says in place of the outputs that have no room.</summary>
    public static string Remark =>
        $"[left out here: the outputs of a notebook may have {NotebookFile.BytesAtMost / 1_000_000} MB together]\n";

    /// <summary>The bytes that a part of an output takes in the file.</summary>
    public static long Bytes(JsonNode part)
    {
        string text = NotebookFile.ToText(part);
        return Encoding.UTF8.GetByteCount(text) + Indentation * (long)text.AsSpan().Count('\n');
    }

    /// <summary>Takes room for an output.</summary>
    /// <returns>Whether there was enough.</returns>
    public bool Take(long bytes)
    {
        if (bytes > room)
            return false;
        room -= bytes;
        return true;
    }

    /// <summary>Gives back the room of an output that is replaced.</summary>
    public void Return(long bytes) => room += bytes;

    /// <summary>Whether a cell is to say now that an output has no room; it says so once.</summary>
    public bool Remarks(int cell) => full.Add(cell);
}
