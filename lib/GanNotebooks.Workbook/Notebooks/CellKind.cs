namespace GanNotebooks.Workbook.Notebooks;

internal enum CellKind
{
    Markdown,
    Code,

    /// <summary>Anything the contract does not know: raw cells, code in another language.</summary>
    Unknown,
}
