using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Reporting;

/// <summary>One checked claim, in the library's own words.</summary>
/// <param name="Value">What was found, to the last bit, where it is one number.</param>
/// <param name="Passed">null: an exercise that is still open.</param>
internal sealed record CheckReport(int Cell, string Claim, string Expected, string Got, string Tolerance, bool? Passed, string Reason, string? Value = null)
{
    public static CheckReport From(int cell, JsonObject row) => new(
        cell, Text(row["claim"]), Text(row["expected"]), Text(row["got"]), Text(row["tolerance"]),
        row["passed"] is JsonValue value && value.TryGetValue(out bool passed) ? passed : null, Text(row["reason"]),
        row["value"] is { } number ? Text(number) : null);

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";
}
