using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Describes a run in JSON: settings, data, networks, device, thread count and versions.</summary>
internal static class RunDescription
{
    public static string Of(Trainer trainer) => new JsonObject
    {
        ["settings"] = JsonNode.Parse(ConfigText.Of(trainer.Config)),
        ["data"] = trainer.Data.Name,
        ["generator"] = Network(trainer.Generator),
        ["discriminator"] = Network(trainer.Discriminator),
        ["device"] = trainer.Device.ToString(),
        ["threads"] = get_num_threads(),
        ["library"] = Checkpoint.Library,
        ["torch"] = __version__,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
    }.ToJsonString(ConfigText.Readable);

    /// <summary>Eight letters that differ for runs with other settings or data.</summary>
    public static string Identity(Trainer trainer) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(ConfigText.Of(trainer.Config) + trainer.Data.Name)))[..8];

    /// <summary>
    /// In what a described run differs from that of a trainer, in words; null if both have the same settings, data and networks.
    /// </summary>
    public static string? Difference(string described, Trainer trainer)
    {
        try
        {
            if (JsonNode.Parse(described) is not JsonObject { } saved || saved["settings"] is not { } settings)
                return "Its config.json describes no run";
            string[] differences = [.. ConfigText.Differences(settings.ToJsonString(), trainer.Config)];
            return differences.Length > 0 ? string.Join("; ", differences).Replace("in the checkpoint", "there", StringComparison.Ordinal)
                : saved["data"]?.ToString() != trainer.Data.Name ? $"Its data are {saved["data"]}, not {trainer.Data.Name}"
                : !JsonNode.DeepEquals(saved["generator"], Network(trainer.Generator)) ? "It has another generator"
                : !JsonNode.DeepEquals(saved["discriminator"], Network(trainer.Discriminator)) ? "It has another discriminator"
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return "Its config.json describes no run";
        }
    }

    private static JsonObject Network(nn.Module network) => new(
        network.named_parameters()
            .Select(p => KeyValuePair.Create(p.name,
                (JsonNode?)$"{Shape.Text(p.parameter.shape)}{(p.parameter.dtype == float32 ? "" : $" {p.parameter.dtype}")}")));
}
