using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Live;

/// <summary>Numbers as JSON has them: one that is not finite becomes null.</summary>
internal static class Finite
{
    /// <summary>How messages are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>The number, or null.</summary>
    public static JsonNode? Of(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
