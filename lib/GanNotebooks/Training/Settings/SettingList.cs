using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GanNotebooks.Training;

/// <summary>
/// Settings by their paths, such as <c>GeneratorOptimizer.LearningRate</c> and <c>0.001</c>, in the order of the paths. Two lists with the
/// same entries are equal. In JSON a list is an object of texts.
/// </summary>
[JsonConverter(typeof(Converter))]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a list of settings for its readers.")]
public sealed class SettingList : IReadOnlyDictionary<string, string>, IEquatable<SettingList>
{
    private readonly SortedDictionary<string, string> values;

    /// <summary>Creates a list of the given entries.</summary>
    /// <exception cref="ArgumentException">A path stands twice.</exception>
    public SettingList(IEnumerable<KeyValuePair<string, string>> entries) =>
        values = new SortedDictionary<string, string>(entries.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The list without entries.</summary>
    public static SettingList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => values.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => values.Values;

    /// <inheritdoc/>
    public string this[string key] => values[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(SettingList? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SettingList);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        values.Aggregate(values.Count, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

    /// <summary>The entries as "path=value", separated by spaces.</summary>
    public override string ToString() => string.Join(' ', values.Select(entry => $"{entry.Key}={entry.Value}"));

    private sealed class Converter : JsonConverter<SettingList>
    {
        public override SettingList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                var entries = JsonSerializer.Deserialize<Dictionary<string, string?>>(ref reader, options) ?? [];
                return entries.Values.All(value => value is not null)
                    ? new SettingList(entries!)
                    : throw new JsonException("a setting without a value");
            }
            catch (ArgumentException error)
            {
                throw new JsonException(error.Message, error);
            }
        }

        public override void Write(Utf8JsonWriter writer, SettingList value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (path, text) in value)
                writer.WriteString(path, text);
            writer.WriteEndObject();
        }
    }
}
