using System.Globalization;

namespace GanNotebooks.Workbook.Execution;

/// <summary>
/// What the library finds when it asks who its host is. Plain delegates under agreed names, so that the two share no types.
/// </summary>
internal static class HostProtocol
{
    private const string prefix = "GanNotebooks.Host.";

    public static void Install(EventWriter events)
    {
        Set("Name", "workbook");
        Set("PlotlyScript", "shared");
        Set("Display", new Action<string, IReadOnlyDictionary<string, string>>(events.Show));
        Set("Progress", new Action<string, double, string>(events.Progress));
        Set("Check", new Action<string>(events.Check));
        Set("Opened", new Action<string>(events.Opened));

        Console.SetOut(new CellOutputWriter(events, "stdout"));
        Console.SetError(new CellOutputWriter(events, "stderr"));
        Console.SetIn(TextReader.Null);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    }

    private static void Set(string name, object value) => AppContext.SetData(prefix + name, value);
}
