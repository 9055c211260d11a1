using GanNotebooks.Workbook.Notebooks;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// Markdown of one page. Formulae leave as elements of class "math" that the page's script typesets; Markdig takes them out before
/// emphasis can eat their underscores.
/// </summary>
internal sealed class MarkdownText(PageLinks links)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseMathematics().UseEmphasisExtras().UseFootnotes().UseTaskLists().UseDefinitionLists().UseAutoLinks().Build();

    // A title stands on every page.
    private const int TitleAtMost = 200;

    private readonly Dictionary<string, int> anchors = [];
    private readonly List<Heading> headings = [];

    public IReadOnlyList<Heading> Headings => headings;

    /// <summary>Safe HTML. Markdown that is too large, or nested more deeply than Markdig reads, is shown as text.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="dropTitle">Leaves out the first level-one heading, which the page shows itself.</param>
    public string Render(string markdown, bool dropTitle = false) =>
        Guarded(markdown, document => SafeHtml.Of(Rendered(document, dropTitle))) ?? SafeHtml.AsText(markdown);

    /// <summary>A title as text without marks.</summary>
    public static string Plain(string markdown)
    {
        string title = Cut(markdown);
        return Guarded(title, _ => Markdown.ToPlainText(title, Pipeline).Trim()) ?? title;
    }

    /// <summary>One line of Markdown, such as a title, as HTML without its paragraph and without links.</summary>
    public static string Line(string markdown)
    {
        string title = Cut(markdown);
        return Guarded(title, document => SafeHtml.OfWords(ToHtml(document)).Trim()) is { Length: > 0 } html ? html : Html.Escape(title);
    }

    private string Rendered(MarkdownDocument document, bool dropTitle)
    {
        if (dropTitle && document.Descendants<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1) is { } title)
            title.Parent!.Remove(title);
        foreach (var heading in document.Descendants<HeadingBlock>())
            Register(heading);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            links.Rewrite(link);
        foreach (var table in document.Descendants<Markdig.Extensions.Tables.Table>())
            table.GetAttributes().AddClass("prose-table");
        return ToHtml(document);
    }

    private static string Cut(string title) =>
        title.Length <= TitleAtMost ? title : title[..(TitleAtMost - (char.IsHighSurrogate(title[TitleAtMost - 1]) ? 1 : 0))] + "…";

    /// <summary>null for what Markdig does not read or does not write, and for what it would not read in time.</summary>
    private static string? Guarded(string markdown, Func<MarkdownDocument, string> use)
    {
        if (!MarkdownShape.IsParsable(markdown))
            return null;
        try
        {
            return use(Markdown.Parse(markdown, Pipeline));
        }
        catch (ArgumentException)
        {
            return null; // nested too deeply
        }
    }

    private static string ToHtml(MarkdownObject markdown)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        MathRenderers.AddTo(renderer);
        renderer.Render(markdown);
        return writer.ToString();
    }

    private void Register(HeadingBlock heading)
    {
        if (heading.Inline is null)
            return;
        string text = string.Concat(heading.Inline.Descendants().Select(PlainText)).Trim();
        string anchor = Html.Anchor(text, anchors);
        heading.GetAttributes().Id = anchor;
        headings.Add(new Heading(heading.Level, anchor, text, InlineHtml(heading)));
    }

    private static string PlainText(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline math => math.Content.ToString(),
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    };

    private static string InlineHtml(HeadingBlock heading)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        MathRenderers.AddTo(renderer);
        // A link inside a contents entry would be a link inside a link.
        renderer.ObjectRenderers.RemoveAll(made => made is Markdig.Renderers.Html.Inlines.LinkInlineRenderer);
        renderer.WriteLeafInline(heading);
        return SafeHtml.OfWords(writer.ToString());
    }
}

/// <param name="Text">Plain text, as search finds it.</param>
/// <param name="Markup">HTML without links, as contents lists show it.</param>
internal sealed record Heading(int Level, string Anchor, string Text, string Markup);
