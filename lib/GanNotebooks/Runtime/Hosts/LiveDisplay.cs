namespace GanNotebooks.Runtime;

/// <summary>One place in a cell's output whose content can be replaced.</summary>
internal sealed class LiveDisplay
{
    private object? shown;

    internal LiveDisplay()
    {
    }

    /// <summary>Whether a kernel has taken the value, so that the next one takes its place.</summary>
    internal bool IsLive => shown is not null;

    /// <summary>Shows the value, in place of the one before where the host can do that; otherwise as a plain line.</summary>
    public void Update(IShowable value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var fragment = new HtmlFragment(value.ToHtml(), value.ToText());
        if (shown is not null)
            InteractiveKernel.Update(shown, fragment);
        else if ((shown = InteractiveKernel.Display(fragment)) is null)
            Console.WriteLine(value.ToText());
    }
}
