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

    private readonly HashSet<string> anchors = [];
    private readonly List<Heading> headings = [];

    public IReadOnlyList<Heading> Headings => headings;

    /// <param name="dropTitle">Leaves out the first level-one heading, which the page shows itself.</param>
    public string Render(string markdown, bool dropTitle = false)
    {
        var document = Markdown.Parse(markdown, Pipeline);
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

    public static string Plain(string markdown) => Markdown.ToPlainText(markdown, Pipeline).Trim();

    /// <summary>One line of Markdown as HTML without its paragraph.</summary>
    public static string Line(string markdown)
    {
        string html = ToHtml(Markdown.Parse(markdown, Pipeline)).Trim();
        return html.StartsWith("<p>", StringComparison.Ordinal) && html.EndsWith("</p>", StringComparison.Ordinal) ? html[3..^4] : html;
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
        return writer.ToString();
    }
}

/// <param name="Text">Plain text, as search finds it.</param>
/// <param name="Markup">HTML without links, as contents lists show it.</param>
internal sealed record Heading(int Level, string Anchor, string Text, string Markup);
