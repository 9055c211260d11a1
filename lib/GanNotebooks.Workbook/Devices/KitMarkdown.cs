using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Devices;

/// <summary>Formats a record of the GPU kit as Markdown.</summary>
internal static class KitMarkdown
{
    public static string Of(JsonObject record)
    {
        var text = new StringBuilder();
        text.AppendLine($"# GPU kit: {record["meaning"]}").AppendLine();
        text.AppendLine(
            $"GAN Notebooks {record["version"]}, {record["started"]}, {record["seconds"]} s, {record["only"]}. **{Verdict(record)}**")
            .AppendLine();
        text.AppendLine("| part | ended | seconds | of at most | |").AppendLine("|---|---|---|---|---|");
        JsonObject[] parts = [.. record["parts"]!.AsArray().Select(p => p!.AsObject())];
        foreach (var part in parts)
            text.AppendLine($"| {part["part"]} | {part["status"]} | {part["seconds"]} | {part["limitSeconds"]} | {Cell(part["said"])} |");
        foreach (var part in parts)
            AppendFound(text, part["part"]!.ToString(), part["found"]);
        return text.ToString();
    }

    private static string Verdict(JsonObject record) =>
        record["finished"]!.GetValue<bool>()
            ? record["passed"]!.GetValue<bool>() ? "All of them passed." : "Not all of them passed."
            : "The run did not come to its end.";

    private static void AppendFound(StringBuilder text, string part, JsonNode? found)
    {
        if (found is null)
            return;
        text.AppendLine().AppendLine($"## {part}").AppendLine();
        if (found is JsonArray tests)
            AppendTests(text, [.. tests.Select(t => t!.AsObject())]);
        else if (found["cases"] is JsonArray cases)
            AppendTimes(text, found.AsObject(), cases);
        else
            AppendValues(text, found.AsObject());
    }

    private static void AppendTests(StringBuilder text, JsonObject[] tests)
    {
        text.AppendLine($"{tests.Count(Passed)} of {tests.Length} passed.").AppendLine()
            .AppendLine("| test | | difference | tolerance | seconds | |").AppendLine("|---|---|---|---|---|---|");
        foreach (var test in tests)
        {
            string result = Passed(test) ? "passed" : "**failed**";
            text.AppendLine($"| {test["group"]}: {Cell(test["name"])} | {result} | {Number(test["difference"])} "
                + $"| {Number(test["tolerance"])} | {test["seconds"]} | {Cell(test["note"])} |");
        }
    }

    private static void AppendTimes(StringBuilder text, JsonObject found, JsonArray cases)
    {
        text.Append($"Microseconds of a training step, medians; {found["device"]}, {found["threads"]} thread(s), ")
            .AppendLine($"libtorch {found["torch"]}, PyTorch: {found["pytorch"] ?? "not found"}.").AppendLine();
        text.AppendLine("| network | batch | width | textbook loop | this library | in bfloat16 | PyTorch | PyTorch / this library |")
            .AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var c in cases.Select(c => c!.AsObject()))
        {
            double ours = c["microseconds"]!.GetValue<double>();
            string ratio = c["pytorchMicroseconds"] is { } theirs
                ? (theirs.GetValue<double>() / ours).ToString("F2", CultureInfo.InvariantCulture)
                : "";
            text.AppendLine($"| {c["model"]} {c["size"]} | {c["batch"]} | {c["width"]} | {Whole(c["textbookMicroseconds"])} "
                + $"| {Whole(c["microseconds"])} | {Whole(c["bfloat16Microseconds"])} | {Whole(c["pytorchMicroseconds"])} | {ratio} |");
        }
    }

    private static void AppendValues(StringBuilder text, JsonObject found)
    {
        foreach (var (name, value) in found)
        {
            text.AppendLine(
                $"- {name}: {Cell(value is JsonArray list ? string.Join("; ", list.Select(v => v?.ToString())) : value?.ToString())}");
        }
    }

    private static bool Passed(JsonObject test) => test["passed"]!.GetValue<bool>();

    private static string Number(JsonNode? node) =>
        node is null ? ""
            : node.GetValue<double>().ToString("0.##E0", CultureInfo.InvariantCulture) is var s && s == "0E0" ? "0"
            : node.GetValue<double>().ToString("0.##E0", CultureInfo.InvariantCulture);

    private static string Whole(JsonNode? node) => node is null ? "" : node.GetValue<double>().ToString("F0", CultureInfo.InvariantCulture);

    private static string Cell(object? value) => (value?.ToString() ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
