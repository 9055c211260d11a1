using System.Text.Json;
using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>Reads the JSON of a safetensors header token by token: no tree is built, and every key may come once.</summary>
/// <param name="file">The name of the file, for messages.</param>
internal sealed class SafetensorsHeaderParser(string file)
{
    private const int MaxRank = 64; // torch's own limit
    private const string MetadataKey = "__metadata__";
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 4 };

    // The types of the format that TorchSharp lacks, with their bits per number; source: Dtype in safetensors/src/tensor.rs.
    private static readonly Dictionary<string, int> OtherTypes = new()
    {
        ["F4"] = 4, ["F6_E2M3"] = 6, ["F6_E3M2"] = 6, ["F8_E5M2"] = 8, ["F8_E4M3"] = 8, ["F8_E8M0"] = 8, ["F8_E5M2FNUZ"] = 8,
        ["F8_E4M3FNUZ"] = 8, ["U16"] = 16, ["U32"] = 32, ["U64"] = 64,
    };

    private readonly HashSet<string> names = [];
    private long text;

    public List<SafetensorsEntry> Entries { get; } = [];

    public Dictionary<string, string> Metadata { get; } = [];

    /// <exception cref="InteropException">The text is not the JSON of a safetensors header.</exception>
    public void Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Reading);
        try
        {
            if (json.IsEmpty || json[0] != (byte)'{')
                throw Invalid("not a safetensors file: its header does not start with {");
            reader.Read();
            while (NextKey(ref reader, "the header") is { } name)
                ReadItem(ref reader, name);
            while (reader.Read())
                throw Invalid("there is something after the header's last }");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no UTF-8, a half surrogate
        {
            throw new InteropException(file, "the header is not the JSON of safetensors: "
                + e.Message.Split(" LineNumber:")[0].TrimEnd('.'), e);
        }
    }

    private void ReadItem(ref Utf8JsonReader reader, string name)
    {
        if (!names.Add(name))
            throw Invalid($"the key {Quoted.Name(name)} comes twice");
        if (names.Count > SafetensorsHeader.MaxTensors)
            throw Invalid($"there are more than {SafetensorsHeader.MaxTensors} tensors");
        Expect(ref reader, JsonTokenType.StartObject, "the item", name);
        if (name == MetadataKey)
            ReadMetadata(ref reader);
        else
            ReadEntry(ref reader, name);
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (NextKey(ref reader, MetadataKey) is { } key)
        {
            Expect(ref reader, JsonTokenType.String, "the metadata", key);
            if (!Metadata.TryAdd(key, TextOf(ref reader)))
                throw Invalid($"the metadata {Quoted.Name(key)} comes twice");
            if (Metadata.Count > SafetensorsHeader.MaxTensors)
                throw Invalid($"there are more than {SafetensorsHeader.MaxTensors} metadata");
        }
    }

    private void ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        while (NextKey(ref reader, name) is { } key)
        {
            if (key == "dtype" && type is null)
                type = ReadText(ref reader, name);
            else if (key == "shape" && shape is null)
                shape = ReadNumbers(ref reader, name, MaxRank);
            else if (key == "data_offsets" && offsets is null)
                offsets = ReadNumbers(ref reader, name, 2);
            else
                throw Invalid($"{Quoted.Name(name)} has an unknown or second {Quoted.Name(key)}");
        }
        if (type is null || shape is null || offsets is not { Length: 2 })
            throw Invalid($"{Quoted.Name(name)} needs a dtype, a shape and two data_offsets");
        var element = ElementType.All.FirstOrDefault(e => e.Safetensors == type);
        int bits = element?.Size * 8 ?? OtherTypes.GetValueOrDefault(type);
        if (bits == 0)
            throw Invalid($"{Quoted.Name(name)} is of type {Quoted.Name(type)}, which safetensors does not have");
        CheckSize(name, type, bits, shape, offsets);
        Entries.Add(new(name, element, shape, offsets[0], offsets[1], type));
    }

    private void CheckSize(string name, string type, int bits, long[] shape, long[] offsets)
    {
        var size = (Int128)(TensorShape.Elements(shape) ?? -1) * bits;
        if (size < 0 || size % 8 != 0 || size / 8 > long.MaxValue)
            throw Invalid($"{Quoted.Name(name)} has the impossible shape {Shape.Text(shape)}");
        if (offsets[1] - offsets[0] != size / 8)
        {
            throw Invalid(
                $"{Quoted.Name(name)}, {type} {Shape.Text(shape)}, needs {size / 8} bytes and claims those "
                    + $"from {offsets[0]} to {offsets[1]}");
        }
    }

    private string ReadText(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.String, "the dtype of", name);
        return TextOf(ref reader);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name, int most)
    {
        Expect(ref reader, JsonTokenType.StartArray, "a list of", name);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Invalid($"{Quoted.Name(name)} has a list with something else than whole numbers from 0 to 2^63 - 1");
            if (numbers.Count == most)
                throw Invalid($"{Quoted.Name(name)} has a list of more than {most} numbers");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private string? NextKey(ref Utf8JsonReader reader, string of)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.EndObject => null,
            JsonTokenType.PropertyName => TextOf(ref reader),
            _ => throw Invalid($"{Quoted.Name(of)} should be an object with keys"),
        };
    }

    private string TextOf(ref Utf8JsonReader reader)
    {
        text += reader.ValueSpan.Length;
        return text <= SafetensorsHeader.MaxTextBytes
            ? reader.GetString()!
            : throw Invalid($"names and metadata have more than {SafetensorsHeader.MaxTextBytes} bytes");
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType wanted, string what, string name)
    {
        reader.Read();
        if (reader.TokenType != wanted)
            throw Invalid($"{what} {Quoted.Name(name)} should be a JSON {wanted}, and is a {reader.TokenType}");
    }

    private InteropException Invalid(string reason) => new(file, reason);
}
