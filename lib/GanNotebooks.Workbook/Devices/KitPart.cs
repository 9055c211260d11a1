using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Devices;

/// <summary>One part of the kit: its name, its time limit, and its work.</summary>
/// <param name="Run">Receives its time limit and returns its outcome.</param>
internal sealed record KitPart(string Name, TimeSpan Share, Func<TimeSpan, CancellationToken, Task<KitOutcome>> Run);

/// <summary>How a part ended.</summary>
/// <param name="Status">passed, failed, cut (its time was up) or crashed.</param>
/// <param name="Found">The findings, for the record.</param>
/// <param name="Said">The reason why the part did not pass.</param>
internal sealed record KitOutcome(string Status, JsonNode? Found, string Said = "")
{
    public bool Passed => Status == "passed";

    /// <summary>Converts the end of a process to the outcome of a part.</summary>
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
