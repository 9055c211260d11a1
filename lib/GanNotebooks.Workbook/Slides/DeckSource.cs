using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Slides;

/// <summary>
/// A notebook on its way into a deck. Text and slide metadata are those of the source as it is now, so that notes may be written without
/// another run; outputs are those of the executed copy.
/// </summary>
/// <param name="Chapter">The notebook as the book has it.</param>
/// <param name="Notebook">The cells of the source with the outputs of the run.</param>
/// <param name="Changed">Code cells that the run did not execute as they are now.</param>
internal sealed record DeckSource(Chapter Chapter, Notebook Notebook, int Changed)
{
    /// <summary>null when the notebook was not run, or cannot be read.</summary>
    /// <param name="source">The notebook.</param>
    /// <param name="executed">Its executed copy.</param>
    /// <param name="shown">How a report names the source.</param>
    /// <param name="page">The file name of its deck.</param>
    public static DeckSource? Load(string source, string executed, string shown, string page)
    {
        if (Chapter.Load(source, executed, shown, page) is not { } chapter || chapter.Notebook.Path != executed)
            return null;
        if (Chapter.TryRead(source) is not { } original)
            return new DeckSource(chapter, chapter.Notebook, 0);
        var ran = chapter.Notebook.CodeCells.GroupBy(cell => cell.Id).ToDictionary(cells => cells.Key, cells => cells.First());
        int changed = original.CodeCells.Count(cell => ran.GetValueOrDefault(cell.Id)?.Source != cell.Source);
        var cells = original.Cells.Select(cell => cell.Kind is CellKind.Code && ran.TryGetValue(cell.Id, out var run)
            ? WithOutputs(cell, run) : cell);
        return new DeckSource(chapter, original with { Cells = [.. cells] }, changed);
    }

    private static NotebookCell WithOutputs(NotebookCell cell, NotebookCell run)
    {
        var json = (JsonObject)cell.Json.DeepClone();
        json["outputs"] = run.Json["outputs"]?.DeepClone();
        if ((run.Json["metadata"] as JsonObject)?[NotebookOutputs.SolutionMark] is { } mark && json["metadata"] is JsonObject metadata)
            metadata[NotebookOutputs.SolutionMark] = mark.DeepClone();
        return cell with { Json = json };
    }
}
