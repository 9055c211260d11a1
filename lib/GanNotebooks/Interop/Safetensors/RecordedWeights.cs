using System.Security.Cryptography;
using System.Text.Json;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// Weights beside a <c>record.json</c> that describes them. The record has the SHA-256 of each file of weights, under the name of the file
/// without its ending; a file with other bytes is refused.
/// </summary>
internal static class RecordedWeights
{
    /// <summary>The record's file.</summary>
    public const string RecordFile = "record.json";

    private const string Ending = ".safetensors", HashKey = "sha256";

    /// <summary>Reads the record of a folder.</summary>
    /// <exception cref="InteropException">It is missing, or it is no JSON object.</exception>
    public static JsonElement Record(string folder)
    {
        string file = Path.Combine(folder, RecordFile);
        return WeightFile.Read(file, (stream, _) =>
        {
            try
            {
                using var document = JsonDocument.Parse(stream);
                return document.RootElement.ValueKind == JsonValueKind.Object
                    ? document.RootElement.Clone()
                    : throw new InteropException(file, "the record of the weights is no JSON object");
            }
            catch (JsonException e)
            {
                throw new InteropException(file, $"the record of the weights is not JSON: {e.Message}", e);
            }
        });
    }

    /// <summary>A whole number of a record.</summary>
    /// <exception cref="InteropException">It is missing, no whole number, or out of range.</exception>
    public static int Number(JsonElement record, string folder, string key, int least, int most, int? missing = null)
    {
        if (missing is { } standard && !record.TryGetProperty(key, out _))
            return standard;
        return record.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            && number >= least && number <= most
            ? number
            : throw new InteropException(Path.Combine(folder, RecordFile), $"\"{key}\" should be a whole number from {least} to {most}");
    }

    /// <summary>Loads a file into a module after its bytes were compared with the record.</summary>
    /// <param name="module">The module.</param>
    /// <param name="folder">The folder of the file and of the record.</param>
    /// <param name="name">The file without its ending.</param>
    /// <param name="record">The record of the folder.</param>
    /// <param name="required">Whether a record without a SHA-256 of the file is refused, too.</param>
    /// <exception cref="InteropException">The file is missing, damaged or not the recorded one, or it does not fit the module, which is
    /// then unchanged.</exception>
    public static void Load(nn.Module module, string folder, string name, JsonElement record, bool required = true) =>
        Verified(folder, name, record, required, stream => module.load_safetensors(stream, leaveOpen: true));

    /// <summary>Reads the tensors of a file after its bytes were compared with the record. The caller disposes them.</summary>
    /// <param name="folder">The folder of the file and of the record.</param>
    /// <param name="name">The file without its ending.</param>
    /// <param name="record">The record of the folder.</param>
    /// <exception cref="InteropException">The file is missing, damaged or not the recorded one.</exception>
    public static StateDict Read(string folder, string name, JsonElement record) =>
        Verified(folder, name, record, required: true, stream => Safetensors.Read(stream, leaveOpen: true));

    private static T Verified<T>(string folder, string name, JsonElement record, bool required, Func<Stream, T> read)
    {
        string file = Path.Combine(folder, name + Ending);
        string? recorded = record.TryGetProperty(HashKey, out var hashes) && hashes.ValueKind == JsonValueKind.Object
            && hashes.TryGetProperty(name, out var hash) && hash.ValueKind == JsonValueKind.String ? hash.GetString() : null;
        if (recorded is null && required)
            throw new InteropException(Path.Combine(folder, RecordFile), $"the record has no {HashKey} of {name}{Ending}");
        return WeightFile.Read(file, (stream, _) =>
        {
            string found = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (recorded is not null && found != recorded)
                throw new InteropException(file, $"these are not the recorded weights: the SHA-256 is {found}, recorded is {recorded}");
            stream.Position = 0;
            return read(stream);
        });
    }

    /// <summary>The SHA-256 of a file, as records have it.</summary>
    public static string Hash(string file)
    {
        using var stream = RegularFile.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
