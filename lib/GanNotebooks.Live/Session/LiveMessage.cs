using System.Text.Json;

namespace GanNotebooks.Live;

/// <summary>A message of a page, with what a command asks of it.</summary>
internal sealed class LiveMessage : IDisposable
{
    private const int Deepest = 16, LongestText = 16_384;

    private readonly JsonDocument document;

    /// <summary>Reads a message.</summary>
    /// <exception cref="ArgumentException">The text is no JSON object with a command.</exception>
    public LiveMessage(string text)
    {
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
        }
        catch (JsonException error)
        {
            throw new ArgumentException("the message is no JSON", error);
        }

        try
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArgumentException("the message is no JSON object");
            Id = Optional("id") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int id) ? id : 0;
            Command = TextOrNull("do") ?? throw new ArgumentException("the message names no command");
        }
        catch (ArgumentException)
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>Number that the answer repeats.</summary>
    public int Id { get; }

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>A text.</summary>
    /// <exception cref="ArgumentException">It is missing, is no text, or is too long.</exception>
    public string Text(string name)
    {
        try
        {
            if (Optional(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: <= LongestText } text)
                return text;
        }
        catch (InvalidOperationException)
        {
            // Half of a pair of UTF-16 is valid JSON and no text.
        }

        throw new ArgumentException($"'{name}' must be a text of at most {LongestText} letters");
    }

    /// <summary>A text, or null where there is none.</summary>
    public string? TextOrNull(string name) => Optional(name) is null ? null : Text(name);

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentException">It is missing, or outside of the bounds.</exception>
    public int Whole(string name, int least = 0, int most = int.MaxValue) =>
        Optional(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) && number >= least
            && number <= most
            ? number
            : throw new ArgumentException($"'{name}' must be a whole number from {least} to {most}");

    /// <summary>An object or a list.</summary>
    /// <exception cref="ArgumentException">It is missing.</exception>
    public JsonElement Json(string name) => Optional(name) ?? throw new ArgumentException($"'{name}' is missing");

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();

    private JsonElement? Optional(string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
