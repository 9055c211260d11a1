using System.Diagnostics.CodeAnalysis;

namespace GanNotebooks.Plotting;

/// <summary>
/// Creates the formatters of a <see cref="Formula"/>: LaTeX, and plain text. No HTML: hosts would prefer it to typesetting.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "The notebook host calls these by reflection, on instances.")]
public sealed class FormulaFormatterSource
{
    /// <summary>Called by the notebook host.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new LatexFormatter(), new Runtime.ShowableFormatterSource.TextFormatter()];

    /// <summary>Writes the LaTeX form.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The notebook host calls these by reflection, on instances.")]
    public sealed class LatexFormatter
    {
        /// <summary>The representation this formatter writes.</summary>
        public string MimeType => "text/latex";

        /// <summary>Writes <paramref name="instance"/>; false when it is no formula.</summary>
        public bool Format(object instance, TextWriter writer)
        {
            writer?.Write((instance as Formula)?.ToLatex());
            return instance is Formula;
        }
    }
}
