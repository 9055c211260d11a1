using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>One event of the kernel's protocol.</summary>
internal sealed class KernelEvent(JsonObject json)
{
    public string Type { get; } = (string)json["eventType"]!;

    /// <summary>The command that it belongs to.</summary>
    public string? Token => (string?)json["command"]?["token"];

    public bool EndsCommand => Type is "CommandSucceeded" or "CommandFailed";

    /// <summary>The HTML of a value, shown or returned; empty for other events and other formats.</summary>
    public string Html =>
        string.Concat(Values.Where(value => (string?)value!["mimeType"] == "text/html").Select(value => (string?)value!["value"]));

    /// <summary>A value in all its formats, one behind the other.</summary>
    public string AllText => string.Concat(Values.Select(value => (string?)value!["value"]));

    /// <summary>
    /// What a reader would see as going wrong: failures, errors, red text, a compiler's remark from "info" up, a check that says so.
    /// </summary>
    public IEnumerable<string> Complaints => Type switch
    {
        "CommandFailed" or "ErrorProduced" => [$"{Type}: {(string?)Body["message"]}"],
        "StandardErrorValueProduced" => ["in red: " + AllText],
        "DiagnosticsProduced" => Body["diagnostics"]!.AsArray()
            .Where(found => (string?)found!["severity"] != "hidden")
            .Select(found => $"{(string?)found!["severity"]} {(string?)found["code"]}: {(string?)found["message"]}"),
        _ => AllText.Contains("✗ FAILS", StringComparison.Ordinal) ? ["a check fails"] : [],
    };

    private JsonNode Body => json["event"]!;

    private IEnumerable<JsonNode?> Values => Body["formattedValues"] as JsonArray ?? [];
}
