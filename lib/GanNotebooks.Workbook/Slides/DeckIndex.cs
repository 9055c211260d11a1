using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Slides;

/// <summary>The page that lists the decks, with their minutes.</summary>
internal static class DeckIndex
{
    public const string File = "index.html";

    /// <summary>The page; it needs no other file but the decks.</summary>
    /// <param name="decks">The decks, in order.</param>
    public static string Render(IReadOnlyList<Deck> decks)
    {
        string view = Assets.Read("assets/view.js").ReplaceLineEndings("\n");
        string rows = string.Concat(decks.Select(deck => Html.Row(
            $"<a href=\"{Uri.EscapeDataString(deck.File)}\">{deck.Chapter.TitleMarkup}</a>", $"{deck.Slides.Count()}",
            deck.Minutes > 0 ? SpeakerNote.InWords(deck.Minutes) : "")));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{ContentPolicy.Inline([view], "font-src data:; ")}">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="{DeckWriter.Generator}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Slides · {BookPage.BookTitle}</title>
            <link rel="icon" href="data:,">
            <style>{Assets.BookStyle}</style>
            <script>{view}</script>
            </head>
            <body>
            <main>
            <article>
            <h1>Slides</h1>
            {Html.Table("Decks", "prose-table", ["Deck", "Slides", "Minutes"], rows)}
            <p>In a deck: the keys → and ← turn slides, <kbd>S</kbd> opens the speaker view with notes and a timer, <kbd>Esc</kbd> shows
            all slides, <kbd>F</kbd> fills the screen, <kbd>T</kbd> changes light and dark, <kbd>?</kbd> lists all keys. With
            <code>?print-pdf</code> after its address a deck prints one slide to a page.</p>
            </article>
            </main>
            </body>
            </html>

            """;
    }
}
