using System.Text;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// What follows a question to the reader ("**Predict** …") is folded until the reader asks for it, up to the next heading or the next
/// question. A page without scripts shows everything, and so does paper.
/// </summary>
/// <param name="page">Where the page is written.</param>
internal sealed class PredictGate(StringBuilder page)
{
    private const string Question = "**Predict";

    private bool open;

    /// <summary>Parts a cell after its question.</summary>
    /// <param name="markdown">The source of a cell.</param>
    /// <returns>All up to the end of the question's paragraph, and what follows; the second is null when there is no question.</returns>
    public static (string Question, string? After) Split(string markdown)
    {
        string[] lines = markdown.Split('\n');
        bool fenced = false;
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            if (fenced || !lines[at].Contains(Question, StringComparison.Ordinal))
                continue;
            while (at < lines.Length && lines[at].Trim() != "")
                at++;
            return (string.Join('\n', lines[..at]), string.Join('\n', lines[at..]).Trim('\n'));
        }

        return (markdown, null);
    }

    /// <summary>Begins to fold, if there was a question.</summary>
    public void Open(string? rest)
    {
        if (rest is null)
            return;
        page.Append("<div class=\"gate\"><button type=\"button\" class=\"reveal\">Show what happens</button><div class=\"gated\">\n");
        open = true;
    }

    /// <summary>
    /// Ends the fold before a cell that begins with a heading or asks the next question; without a cell, at the end of a page.
    /// </summary>
    public void Close(string? markdown = null)
    {
        if (!open)
            return;
        if (markdown is not null && !markdown.TrimStart().StartsWith('#') && Split(markdown).After is null)
            return;
        page.Append("</div></div>\n");
        open = false;
    }
}
