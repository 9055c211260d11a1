using System.Net;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

public sealed partial class CodeHighlighterTests
{
    [Theory]
    [InlineData("// note\nvar x = 1.5e-3;",
        "<span class=\"c\">// note</span>\n<span class=\"k\">var</span> x = <span class=\"n\">1.5e-3</span>;")]
    [InlineData("Math.Log(y)", "<span class=\"t\">Math</span>.<span class=\"m\">Log</span>(y)")]
    [InlineData("$\"a {b}\"", "<span class=\"s\">$&quot;</span><span class=\"s\">a </span>{b}<span class=\"s\">&quot;</span>")]
    [InlineData("#!import setup.csx", "<span class=\"d\">#!import setup.csx</span>")]
    public void ToHtml_Code_IsColouredByItsSyntax(string code, string html) => Assert.Equal(html, CodeHighlighter.ToHtml(code));

    [Theory]
    [InlineData("if (a < b && c > d) { \"<script>\".Trim(); } /* end */")]
    [InlineData("this is (not { valid C#\n  at all")]
    [InlineData("var s = \"\"\"\n  raw {x}\n  \"\"\";\n\n\tvar y = @\"v\" + 'c';")]
    public void ToHtml_AnyCode_LosesNoCharacter(string code) =>
        Assert.Equal(code, WebUtility.HtmlDecode(Tag().Replace(CodeHighlighter.ToHtml(code), "")));

    [GeneratedRegex("</?span[^>]*>")]
    private static partial Regex Tag();
}
