using System.Globalization;
using System.Net;
using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>A small table of text and numbers.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class Table : IShowable
{
    /// <summary>
    /// How tables look, in their own words where an editor has rules for td. Each table has it once: any cell may be the only one that is
    /// shown. The book takes it out and has rules of its own.
    /// </summary>
    internal const string StyleSheet = "<style>table.gan-table{border-collapse:collapse}table.gan-table :is(td,th){text-align:left;"
        + "vertical-align:top;padding:.2em .8em .2em 0;border-bottom:1px solid #8884}</style>";

    private const int Short = 16;

    private readonly string caption;
    private readonly string[] headers;
    private readonly List<string[]> rows = [];

    /// <summary>Starts a table.</summary>
    /// <param name="caption">One line above the table.</param>
    /// <param name="headers">Column headers.</param>
    public Table(string caption, params string[] headers) => (this.caption, this.headers) = (caption, headers);

    /// <summary>Adds a row; numbers are shown with six significant digits.</summary>
    /// <exception cref="ArgumentException">The number of cells is not the number of columns.</exception>
    public Table Row(params object[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != headers.Length)
            throw new ArgumentException($"the table has {headers.Length} columns, the row has {cells.Length} cells", nameof(cells));
        rows.Add([.. cells.Select(c => Number.WithMinus(Number.Show(c)))]);
        return this;
    }

    /// <summary>Adds one row for each item.</summary>
    public Table Rows<T>(IEnumerable<T> items, Func<T, object[]> cells)
    {
        foreach (var item in items)
            Row(cells(item));
        return this;
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        // A caption element would wrap at the width of a narrow table.
        var (html, title) = (new StringBuilder(StyleSheet), WebUtility.HtmlEncode(caption));
        if (caption.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<div style=\"font-weight:600\">{title}</div>");
        html.Append(CultureInfo.InvariantCulture,
            $"<div style=\"overflow-x:auto\"><table class=\"gan-table\" aria-label=\"{title}\">");
        html.Append("<thead><tr>").AppendJoin("", headers.Select(h => Cell("th", " scope=\"col\"", h))).Append("</tr></thead><tbody>");
        foreach (string[] row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(c => Cell("td", "", c))).Append("</tr>");
        return html.Append("</tbody></table></div>").ToString();
    }

    /// <inheritdoc/>
    public string ToText()
    {
        var all = rows.Prepend(headers).ToList();
        int[] widths = headers.Select((_, i) => all.Max(r => r[i].Length)).ToArray();
        var lines = all.Select(r => string.Join("  ", r.Select((c, i) => c.PadRight(widths[i]))).TrimEnd());
        return string.Join(Environment.NewLine, caption.Length > 0 ? lines.Prepend(caption) : lines);
    }

    /// <inheritdoc/>
    public override string ToString() => ToText();

    // A number that a notebook formatted itself begins with a hyphen.

    private static string Cell(string element, string attributes, string text) =>
        $"<{element}{attributes} style=\"{(text.Length <= Short ? "white-space:nowrap" : "min-width:10em")}\">"
            + $"{WebUtility.HtmlEncode(text)}</{element}>";
}
