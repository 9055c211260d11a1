using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Devices;

/// <summary>One part of the kit: what it is called, how long it may take, and what it does.</summary>
/// <param name="Run">Given its time; it says how it ended.</param>
internal sealed record KitPart(string Name, TimeSpan Share, Func<TimeSpan, CancellationToken, Task<KitOutcome>> Run);

/// <summary>How a part ended.</summary>
/// <param name="Status">passed, failed, cut (its time was up) or crashed.</param>
/// <param name="Found">What it found, for the record.</param>
/// <param name="Said">Why it did not pass.</param>
internal sealed record KitOutcome(string Status, JsonNode? Found, string Said = "")
{
    public bool Passed => Status == "passed";

    /// <summary>The end of a process as that of a part.</summary>
    public static KitOutcome Of(BoundedProcess process, JsonNode? found) => process switch
    {
        { Ended: null } => new KitOutcome("cut", found, "its time was up"),
        { Ended: 0 } => new KitOutcome("passed", found),
        { Ended: > 128 } => new KitOutcome("crashed", found, $"exit code {process.Ended}: {Last(process)}"),
        _ => new KitOutcome("failed", found, Last(process)),
    };

    private static string Last(BoundedProcess process) =>
        process.LastLines.LastOrDefault(line => line.Trim() is not ("" or "}" or "]")) ?? "";
}
