using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

public sealed class MarkdownTextTests
{
    private readonly MarkdownText markdown = new(new PageLinks("/notebooks", new BookPictures("/book", "/"), new Dictionary<string, string>
    {
        [Path.GetFullPath("/notebooks/04-x.ipynb")] = "04-x.html",
        [Path.GetFullPath("/notebooks/README.md")] = "index.html",
    }));

    [Theory]
    [InlineData("$a_1 + b_1 * c * d$", "<span class=\"math\">a_1 + b_1 * c * d</span>")]
    [InlineData("$x < y$", "<span class=\"math\">x &lt; y</span>")]
    [InlineData("a $$x$$ b", "<span class=\"math\" data-display=\"\">x</span>")]
    [InlineData("$$\n\\int_0^1 p(x)\\,dx \\\\ *y*\n$$", "<div class=\"math\" data-display=\"\">\\int_0^1 p(x)\\,dx \\\\ *y*")]
    [InlineData("| a |\n|---|\n| $p_g$ |", "<td><span class=\"math\">p_g</span></td>")]
    [InlineData("It costs $5 or $6.", "<p>It costs $5 or $6.</p>")]
    public void Render_Formula_SurvivesMarkdown(string text, string html) =>
        Assert.Contains(html, markdown.Render(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("[x](04-x.ipynb)", "<a href=\"04-x.html\">x</a>")]
    [InlineData("[x](04-x.ipynb#a)", "<a href=\"04-x.html#a\">x</a>")]
    [InlineData("[map](README.md)", "<a href=\"index.html\">map</a>")]
    [InlineData("[web](https://example.org/a)", "<a href=\"https://example.org/a\">web</a>")]
    [InlineData("[here](#sum)", "<a href=\"#sum\">here</a>")]
    [InlineData("[`Lab`](../lib/GanNotebooks/Lab.cs)", "<em class=\"file\" title=\"../lib/GanNotebooks/Lab.cs\"><code>Lab</code></em>")]
    public void Render_Link_LeadsToAPageOrBecomesText(string text, string html) =>
        Assert.Contains(html, markdown.Render(text), StringComparison.Ordinal);

    [Fact]
    public void Render_SameHeadingTwice_GetsTwoAnchors()
    {
        markdown.Render("## The value $V$");
        markdown.Render("## The value $V$");

        Assert.Equal(["the-value-v", "the-value-v-2"], markdown.Headings.Select(heading => heading.Anchor));
        Assert.Equal("The value V", markdown.Headings[0].Text);
    }

    [Fact]
    public void Render_FencedCSharp_IsHighlighted() =>
        Assert.Contains("<span class=\"k\">var</span>", markdown.Render("```csharp\nvar x = 1;\n```"), StringComparison.Ordinal);
}
