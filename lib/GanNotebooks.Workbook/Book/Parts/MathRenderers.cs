using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace GanNotebooks.Workbook.Book;

/// <summary>Writes formulae and C# blocks the way the book's style sheet and script expect them.</summary>
internal static class MathRenderers
{
    public static void AddTo(HtmlRenderer renderer)
    {
        renderer.ObjectRenderers.Insert(0, new Inline());
        renderer.ObjectRenderers.Insert(0, new Block());
        renderer.ObjectRenderers.Insert(2, new Code());
    }

    private sealed class Inline : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) => renderer
            .Write(obj.DelimiterCount == 2 ? "<span class=\"math\" data-display>" : "<span class=\"math\">")
            .WriteEscape(obj.Content).Write("</span>");
    }

    private sealed class Block : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj)
        {
            renderer.EnsureLine();
            renderer.Write("<div class=\"math\" data-display>");
            renderer.WriteLeafRawLines(obj, writeEndOfLines: true, escape: true);
            renderer.WriteLine("</div>");
        }
    }

    private sealed class Code : HtmlObjectRenderer<FencedCodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, FencedCodeBlock obj)
        {
            renderer.EnsureLine();
            string text = obj.Lines.ToString();
            string code = obj.Info is "csharp" or "cs" or "c#" ? CodeHighlighter.ToHtml(text) : Html.Escape(text);
            renderer.WriteLine($"<pre class=\"block\" tabindex=\"0\"><code>{code}</code></pre>");
        }
    }
}
