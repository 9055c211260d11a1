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
    public static string Of(Trainer trainer) => Of(KeptRun.Of(trainer));

    public static string Of(KeptRun run)
    {
        var result = new JsonObject { ["settings"] = JsonNode.Parse(ConfigText.Of(run.Settings)), ["data"] = run.Data.Name };
        foreach (var (name, network) in run.Networks)
            result[name] = Network(network);
        result["device"] = run.Device.ToString();
        result["threads"] = get_num_threads();
        result["library"] = Checkpoint.Library;
        result["torch"] = __version__;
        result["runtime"] = RuntimeInformation.FrameworkDescription;
        result["system"] = RuntimeInformation.OSDescription;
        return result.ToJsonString(ConfigText.Readable);
    }

    /// <summary>Eight letters that differ for runs with other settings or data.</summary>
    public static string Identity(KeptRun run) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(ConfigText.Of(run.Settings) + run.Data.Name)))[..8];

    /// <summary>
    /// In what a described run differs from another one, in words; null if both have the same settings, data and networks.
    /// </summary>
    public static string? Difference(string described, KeptRun run)
    {
        try
        {
            if (JsonNode.Parse(described) is not JsonObject { } saved || saved["settings"] is not { } settings)
                return "Its config.json describes no run";
            string[] differences = [.. ConfigText.Differences(settings.ToJsonString(), run.Settings, run.Usual)];
            return differences.Length > 0 ? string.Join("; ", differences).Replace("in the checkpoint", "there", StringComparison.Ordinal)
                : saved["data"]?.ToString() != run.Data.Name ? $"Its data are {saved["data"]}, not {run.Data.Name}"
                : run.Networks.Where(n => !JsonNode.DeepEquals(saved[n.Name], Network(n.Network))).Select(n => n.Name).FirstOrDefault()
                    is { } other ? $"It has another {other}"
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
