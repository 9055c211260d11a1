namespace GanNotebooks.Runtime;

/// <summary>
/// The services of the program that runs the notebook. A cell's output goes to the kernel (<see cref="InteractiveKernel"/>); what
/// only the workbook's runner takes, progress and records for its report, goes to delegates that it hands over through
/// <see cref="AppContext"/>.
/// </summary>
internal static class NotebookHost
{
    /// <summary>The program that runs this process.</summary>
    public static HostKind Kind =>
        AppContext.GetData("GanNotebooks.Host.Name") is "workbook" ? HostKind.Workbook
        : InteractiveKernel.RunsThisCell ? HostKind.DotNetInteractive
        : HostKind.Plain;

    /// <summary>Shows something now, in the middle of a cell, and returns a handle that can replace it in place.</summary>
    public static LiveDisplay Show(IShowable value)
    {
        var display = new LiveDisplay();
        display.Update(value);
        return display;
    }

    /// <summary>Is cancelled when the user stops the cell or the command, in hosts that pass that on to the library.</summary>
    public static CancellationToken Cancellation =>
        AppContext.GetData("GanNotebooks.Host.Cancellation") is CancellationToken stop ? stop : InteractiveKernel.Cancellation;

    /// <summary>The wrong answers of earlier runs, as JSON, where the runner keeps them.</summary>
    public static string? EarlierTries => AppContext.GetData("GanNotebooks.Host.Tries") as string;

    /// <summary>Tells the runner how far a long computation is. Other hosts see progress as a <see cref="LiveDisplay"/>.</summary>
    /// <param name="title">The name of the running task.</param>
    /// <param name="fraction">The finished part, from 0 to 1.</param>
    /// <param name="text">A few words, for example steps and time left.</param>
    /// <returns>False when the host takes no progress reports.</returns>
    internal static bool Report(string title, double fraction, string text)
    {
        if (AppContext.GetData("GanNotebooks.Host.Progress") is not Action<string, double, string> report)
            return false;
        report(title, fraction, text);
        return true;
    }

    /// <summary>Hands one record to the runner: JSON for its report, or the script that its figures share.</summary>
    /// <returns>False when the host takes no such record.</returns>
    internal static bool Record(string what, string text)
    {
        if (AppContext.GetData("GanNotebooks.Host." + what) is not Action<string> take)
            return false;
        take(text);
        return true;
    }
}

/// <summary>The program that runs the notebook.</summary>
internal enum HostKind
{
    /// <summary>None that the library knows (Verso, a test, a program): output is plain lines.</summary>
    Plain,

    /// <summary>.NET Interactive: VS Code Polyglot Notebooks, Jupyter, or dotnet-repl.</summary>
    DotNetInteractive,

    /// <summary>This workbook's own runner, which hosts .NET Interactive's kernel and takes progress and checks besides.</summary>
    Workbook,
}
