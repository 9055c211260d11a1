using System.Net;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>A typeset formula as a cell's last value: LaTeX for hosts that typeset it, its source for those that do not.</summary>
[TypeFormatterSource(typeof(FormulaFormatterSource), PreferredMimeTypes = ["text/latex", "text/plain"])]
public sealed class Formula : IShowable
{
    private readonly string latex;

    /// <summary>Takes display mathematics, without dollar signs.</summary>
    /// <param name="latex">The formula in LaTeX, such as <c>a^2 + b^2 = c^2</c>.</param>
    public Formula(string latex)
    {
        ArgumentNullException.ThrowIfNull(latex);
        this.latex = latex.Trim().Trim('$').Trim();
    }

    /// <summary>Several lines, one below the other.</summary>
    public static Formula Lines(IEnumerable<string> lines) =>
        new("\\begin{gathered}\n" + string.Join(" \\\\\n", lines) + "\n\\end{gathered}");

    /// <summary>The formula as LaTeX display mathematics.</summary>
    public string ToLatex() => $"$${latex}$$";

    /// <inheritdoc/>
    public string ToHtml() => $"<pre>{WebUtility.HtmlEncode(latex)}</pre>";

    /// <inheritdoc/>
    public string ToText() => latex;

    /// <inheritdoc/>
    public override string ToString() => latex;
}
