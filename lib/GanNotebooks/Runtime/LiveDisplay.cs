using System.Reflection;

namespace GanNotebooks.Runtime;

/// <summary>One place in a cell's output whose content can be replaced.</summary>
public sealed class LiveDisplay
{
    private static int count;

    private readonly HostKind host;
    private readonly string id = $"gan-{Interlocked.Increment(ref count)}";
    private object? shown;

    internal LiveDisplay(HostKind host) => this.host = host;

    /// <summary>Whether .NET Interactive has taken the value, so that the next one takes its place.</summary>
    internal bool IsLive => shown is not null;

    /// <summary>Shows the value, in place of the one before where the host can do that; otherwise as a plain line.</summary>
    public void Update(IShowable value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (host)
        {
            case HostKind.Workbook:
                ShowInWorkbook(value);
                break;
            case HostKind.DotNetInteractive when ShowInInteractive(value):
                break;
            default:
                Console.WriteLine(value.ToText());
                break;
        }
    }

    private void ShowInWorkbook(IShowable value)
    {
        if (AppContext.GetData("GanNotebooks.Host.Display") is Action<string, IReadOnlyDictionary<string, string>> display)
            display(id, new Dictionary<string, string> { ["text/html"] = value.ToHtml(), ["text/plain"] = value.ToText() });
    }

    // DisplayedValue.Update is the one way of updating that works in .NET Interactive at its last version.
    private bool ShowInInteractive(IShowable value)
    {
        var fragment = new HtmlFragment(value.ToHtml(), value.ToText());
        if (shown is not null)
        {
            shown.GetType().GetMethod("Update")?.Invoke(shown, [fragment]);
            return true;
        }
        var display = NotebookHost.InteractiveType("Microsoft.DotNet.Interactive.KernelInvocationContextExtensions")?
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(m => m.Name == "Display" && m.GetParameters().Length == 3);
        shown = display?.Invoke(null, [NotebookHost.CurrentInteractiveContext(), fragment, new[] { "text/html" }]);
        return shown is not null;
    }
}
