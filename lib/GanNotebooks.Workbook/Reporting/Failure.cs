namespace GanNotebooks.Workbook.Reporting;

/// <summary>Where a notebook failed and why.</summary>
/// <param name="Cell">"cell [4]", or "" when no cell is to blame.</param>
/// <param name="Line">Line in the cell, from 1; 0 when not known.</param>
internal sealed record Failure(string Cell, int Line, string Name, string Message)
{
    public override string ToString()
    {
        var where = (Cell, Line) switch
        {
            ("", _) => "",
            (_, 0) => Cell + ": ",
            _ => $"{Cell}, line {Line}: ",
        };
        return where + (Name == "" ? Message : $"{Name}: {Message}");
    }
}
