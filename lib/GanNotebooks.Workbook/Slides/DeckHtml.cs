using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Slides;

/// <summary>The slides of a deck as the sections that reveal.js shows. What a notebook contains passes the book's sanitiser.</summary>
/// <param name="deck">The deck.</param>
/// <param name="links">Where links lead, and how pictures come along.</param>
/// <param name="live">
/// The notebook whose cells can be run from the slides: they carry their index in it, and slides list the cells that lead to them. Null for
/// a deck that only shows.
/// </param>
internal sealed class DeckHtml(Deck deck, PageLinks links, Notebook? live = null)
{
    private readonly MarkdownText markdown = new(links);
    private readonly MarkdownText sections = new(links);

    // Code cells that no slide so far leads up to.
    private readonly Queue<NotebookCell> ahead = new(live?.CodeCells ?? []);

    /// <summary>All sections.</summary>
    public string Render()
    {
        var html = new StringBuilder();
        bool first = true;
        foreach (var column in deck.Columns)
        {
            var slides = new List<(string Body, Slide Slide)>();
            foreach (var slide in column.Slides)
            {
                string body = first ? Title(slide) : Body(slide);
                first = false;
                // A cell without output is no slide; what was to be said there is said on the slide before.
                if (body != "")
                    slides.Add((body, slide));
                else if (slides.Count > 0)
                    slides[^1].Slide.Notes.AddRange(slide.Notes);
            }

            string sections = string.Concat(slides.Select(slide => Section(slide.Body, slide.Slide)));
            html.Append(slides.Count > 1 ? $"<section>\n{sections}</section>\n" : sections);
        }

        return html.ToString();
    }

    private string Section(string body, Slide slide)
    {
        string timing = slide.Minutes > 0 ? $" data-timing=\"{(60 * slide.Minutes).ToString("0", CultureInfo.InvariantCulture)}\"" : "";
        string notes = slide.Notes.Count == 0 ? ""
            : $"<aside class=\"notes\">\n{string.Concat(slide.Notes.Select(note => Flat(markdown.Render(note))))}</aside>\n";
        return $"<section{timing}{CellsOf(slide)}>\n<div class=\"slide\">\n{body}</div>\n{notes}</section>\n";
    }

    // The code cells since the slide before, up to the last that this slide shows.
    private string CellsOf(Slide slide)
    {
        int last = slide.Cells.Where(cell => cell.Kind is CellKind.Code).Select(cell => cell.Index).DefaultIfEmpty(-1).Max();
        var leading = new List<int>();
        while (ahead.TryPeek(out var next) && next.Index <= last)
            leading.Add(ahead.Dequeue().Index);
        return leading.Count == 0 ? "" : $" data-cells=\"{string.Join(',', leading)}\"";
    }

    private string Title(Slide slide)
    {
        var cells = slide.Cells.ToList();
        bool opens = cells is [{ Kind: CellKind.Markdown }, ..];
        var opening = opens ? cells[0] : deck.Chapter.Notebook.MarkdownCells.FirstOrDefault();
        string claim = opening is null ? "" : Claim(opening.Source);
        string minutes = deck.Minutes > 0 ? $"<p class=\"minutes\">{SpeakerNote.InWords(deck.Minutes)}</p>\n" : "";
        string rest = string.Concat(cells.Skip(opens ? 1 : 0).Select(Cell));
        return $"<div class=\"title\"><p class=\"course\">{BookPage.BookTitle}</p>\n<h1>{deck.Chapter.TitleMarkup}</h1>\n"
            + $"{(claim == "" ? "" : $"<div class=\"prose\">{Flat(markdown.Render(claim))}</div>\n")}{minutes}</div>\n{rest}";
    }

    private string Body(Slide slide)
    {
        var html = new StringBuilder();
        foreach (var piece in slide.Pieces)
        {
            string cells = string.Concat(piece.Cells.Select(Cell));
            html.Append(piece.IsFragment && cells != "" ? $"<div class=\"fragment\">\n{cells}</div>\n" : cells);
        }

        bool named = slide.Cells.FirstOrDefault() is { Kind: CellKind.Markdown } first && first.Source.TrimStart().StartsWith('#');
        return html.Length == 0 || named || slide.Section == "" ? html.ToString() : $"<p class=\"kicker\">{Kicker(slide)}</p>\n{html}";
    }

    private string Kicker(Slide slide)
    {
        sections.Render(slide.Section);
        return sections.Headings.Count > 0 ? sections.Headings[^1].Markup : "";
    }

    private string Cell(NotebookCell cell)
    {
        if (cell.Kind is CellKind.Markdown)
            return $"<div class=\"prose\">\n{Flat(markdown.Render(cell.Source))}</div>\n";

        string outputs = Flat(OutputHtml.ToHtml(cell.Json, []).Trim());
        bool solved = outputs != "" && (cell.Json["metadata"] as JsonObject)?[NotebookOutputs.SolutionMark] is not null;
        string code = SlideMetadata.ShowsCode(cell)
            ? $"<pre class=\"block code\"><code>{CodeHighlighter.ToHtml(cell.Source.TrimEnd())}</code></pre>\n"
            : "";
        string shown = solved ? $"<details class=\"solution\"><summary>Solution</summary>{outputs}</details>" : outputs;
        return code == "" && outputs == "" ? ""
            : live is not null ? $"<div class=\"cell\" data-cell=\"{cell.Index}\">{code}<div class=\"result\">{shown}</div></div>\n"
            : $"<div class=\"cell\">{code}{shown}</div>\n";
    }

    // reveal.js takes every section for a slide.
    private static string Flat(string html) => html.Replace("<section", "<div", StringComparison.Ordinal)
        .Replace("</section>", "</div>", StringComparison.Ordinal);

    private static string Claim(string opening)
    {
        string[] paragraphs = opening.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.TrimEntries);
        return paragraphs.FirstOrDefault(text => text.StartsWith("**Claim", StringComparison.Ordinal))
            ?? paragraphs.FirstOrDefault(text => text is not ("" or ['#', ..])) ?? "";
    }
}
