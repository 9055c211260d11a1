using System.Globalization;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// What this runner takes from the library besides a cell's output: progress, and records for its report. Plain delegates under agreed
/// names, so that the two share no types.
/// </summary>
internal static class HostProtocol
{
    private const string Prefix = "GanNotebooks.Host.";

    public static void Install(EventWriter events, string tries)
    {
        Set("Name", "workbook");
        Set("Progress", new Action<string, double, string>(events.Progress));
        Set("Check", new Action<string>(events.Check));
        Set("Opened", new Action<string>(events.Opened));
        Set("Tries", tries);
        Set("Script", new Action<string>(events.Script));

        Console.SetIn(TextReader.Null);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    }

    private static void Set(string name, object value) => AppContext.SetData(Prefix + name, value);
}
