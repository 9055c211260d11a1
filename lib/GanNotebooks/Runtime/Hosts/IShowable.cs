namespace GanNotebooks.Runtime;

/// <summary>Something that a cell can end with: it has a rich form and a plain one.</summary>
public interface IShowable
{
    /// <summary>The rich form: a fragment of HTML that needs no network.</summary>
    string ToHtml();

    /// <summary>The plain form, for terminals and for hosts that show no HTML.</summary>
    string ToText();
}
