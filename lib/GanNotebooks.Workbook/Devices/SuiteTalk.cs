using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Devices;

/// <summary>Parses the lines that the process of the suite writes.</summary>
internal sealed class SuiteTalk
{
    public List<DeviceTestResult> Results { get; } = [];

    /// <summary>The test that started and did not end; null when there is none.</summary>
    public (string Group, string Name)? Running { get; private set; }

    /// <summary>Whether all tests ran.</summary>
    public bool Done { get; private set; }

    public void Hear(JsonNode? line)
    {
        if (line?["begin"] is JsonObject begin)
            Running = (begin["group"]!.ToString(), begin["name"]!.ToString());
        if (line?["end"].Deserialize<DeviceTestResult>(KitChild.Wire) is { } result)
        {
            Results.Add(result);
            Running = null;
        }
        Done |= line?["done"] is not null;
    }
}
