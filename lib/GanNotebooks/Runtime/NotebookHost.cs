using System.Reflection;

namespace GanNotebooks.Runtime;

/// <summary>
/// What the library asks of the program that runs the notebook, found at run time: no host's package is needed to build the library.
/// The workbook's runner hands over delegates through <see cref="AppContext"/>; .NET Interactive is reached by reflection.
/// </summary>
public static class NotebookHost
{
    private const string InteractiveContext = "Microsoft.DotNet.Interactive.KernelInvocationContext";

    /// <summary>The program that runs this process.</summary>
    public static HostKind Kind =>
        AppContext.GetData("GanNotebooks.Host.Name") is "workbook" ? HostKind.Workbook
        : CurrentInteractiveContext() is not null ? HostKind.DotNetInteractive
        : HostKind.Plain;

    /// <summary>Shows something now, in the middle of a cell, and returns a handle that can replace it in place.</summary>
    public static LiveDisplay Show(IShowable value)
    {
        var display = new LiveDisplay(Kind);
        display.Update(value);
        return display;
    }

    /// <summary>Tells the runner how far a long computation is. Other hosts see progress as a <see cref="LiveDisplay"/>.</summary>
    /// <param name="title">What is running.</param>
    /// <param name="fraction">Done, from 0 to 1.</param>
    /// <param name="text">A few words: steps, time left.</param>
    /// <returns>False when the host takes no progress reports.</returns>
    internal static bool Report(string title, double fraction, string text)
    {
        if (AppContext.GetData("GanNotebooks.Host.Progress") is not Action<string, double, string> report)
            return false;
        report(title, fraction, text);
        return true;
    }

    /// <summary>Hands one record (JSON) to the runner's report; does nothing in other hosts.</summary>
    internal static void Record(string what, string json) =>
        (AppContext.GetData("GanNotebooks.Host." + what) as Action<string>)?.Invoke(json);

    /// <summary>Whether a figure must bring plotly.js along; the runner keeps one shared copy instead.</summary>
    internal static bool NeedsPlotlyScript => AppContext.GetData("GanNotebooks.Host.PlotlyScript") is not "shared";

    /// <summary>Signals the user's wish to stop, where the host tells the library about it.</summary>
    public static CancellationToken Cancellation =>
        CurrentInteractiveContext() is { } context
        && context.GetType().GetProperty("CancellationToken")?.GetValue(context) is CancellationToken token ? token : default;

    internal static object? CurrentInteractiveContext() =>
        InteractiveType(InteractiveContext)?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    internal static Type? InteractiveType(string name) => AppDomain.CurrentDomain.GetAssemblies()
        .Where(a => a.GetName().Name is { } simple && simple.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal))
        .Select(a => a.GetType(name, throwOnError: false))
        .FirstOrDefault(t => t is not null);
}
