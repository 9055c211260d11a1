using System.Runtime.InteropServices;
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

    private static JsonObject Network(nn.Module network) => new(
        network.named_parameters()
            .Select(p => KeyValuePair.Create(p.name,
                (JsonNode?)$"{Shape.Text(p.parameter.shape)}{(p.parameter.dtype == float32 ? "" : $" {p.parameter.dtype}")}")));
}
