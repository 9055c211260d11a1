using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>Reads and writes .ipynb files as editors do: indented by one space, with sources as lists of lines.</summary>
internal static class NotebookFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="NotebookFormatException">The file is missing, is not JSON, or is not a version 4 notebook.</exception>
    public static Notebook Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (IOException error)
        {
            bool missing = error is FileNotFoundException or DirectoryNotFoundException;
            throw new NotebookFormatException(missing ? "no such file" : "cannot be read: " + error.Message, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new NotebookFormatException("cannot be read: permission denied", error);
        }
    }

    public static Notebook Parse(string path, string text)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text);
            _ = node?.AsObject().Count; // duplicate keys surface only when the object is first used
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new NotebookFormatException(error is JsonException json
                ? $"not valid JSON (line {json.LineNumber + 1}, column {json.BytePositionInLine + 1})"
                : "not a notebook: " + error.Message, error);
        }

        if (node is not JsonObject root || root["cells"] is not JsonArray cells || root["nbformat"] is null)
            throw new NotebookFormatException("not a notebook: a JSON object with `cells` and `nbformat` was expected");
        if (root["nbformat"] is not JsonValue version || !version.TryGetValue(out int number) || number != 4)
            throw new NotebookFormatException($"notebook format {root["nbformat"]} is not supported; it must be 4");

        string language = LanguageOf(root);
        var read = new List<NotebookCell>();
        int codeCells = 0;
        foreach (var cell in cells)
        {
            if (cell is not JsonObject json)
                throw new NotebookFormatException($"not a notebook: cell {read.Count + 1} is not a JSON object");
            var (kind, name) = KindOf(json, language);
            read.Add(new NotebookCell(read.Count, kind is CellKind.Code ? ++codeCells : 0, Text(json["id"]), kind, name,
                Text(json["source"]), json));
        }

        return new Notebook(path, root, read);
    }

    public static string ToText(JsonObject root) => root.ToJsonString(Format) + "\n";

    /// <summary>Writes through a temporary file, so that an interrupted run leaves the old file or the new one.</summary>
    public static void Write(string path, JsonObject root)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.WriteText(path, ToText(root));
    }

    /// <summary>Text as nbformat stores it: a list of lines that keep their line ends.</summary>
    public static JsonArray ToLines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..next]);
            start = next;
        }

        return lines;
    }

    /// <summary>A string, or a list of strings put together; anything else is "".</summary>
    public static string Text(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray lines => string.Concat(lines.Select(Text)),
        _ => "",
    };

    // A cell of Jupyter has no language of its own: it has its notebook's. Polyglot Notebooks names itself there, not a language.
    private static string LanguageOf(JsonObject root)
    {
        var metadata = root["metadata"] as JsonObject;
        string language = Text((metadata?["kernelspec"] as JsonObject)?["language"]);
        if (language == "")
            language = Text((metadata?["language_info"] as JsonObject)?["name"]);
        language = language.ToLowerInvariant();
        return language is "c#" or "polyglot-notebook" ? "csharp" : language;
    }

    private static (CellKind Kind, string Name) KindOf(JsonObject cell, string notebookLanguage)
    {
        string name = Text(cell["cell_type"]);
        var metadata = cell["metadata"] as JsonObject;
        string language = Text((metadata?["polyglot_notebook"] as JsonObject)?["kernelName"]);
        if (language == "")
            language = Text((metadata?["dotnet_interactive"] as JsonObject)?["language"]);
        if (language == "")
            language = notebookLanguage;
        return name switch
        {
            "markdown" => (CellKind.Markdown, name),
            "code" when language is "" or "csharp" => (CellKind.Code, name),
            "code" => (CellKind.Unknown, "code in " + language),
            "" => (CellKind.Unknown, "without cell_type"),
            _ => (CellKind.Unknown, name),
        };
    }
}

/// <summary>The file is not a notebook that can be read; the message says why in one sentence.</summary>
internal sealed class NotebookFormatException : Exception
{
    public NotebookFormatException()
    {
    }

    public NotebookFormatException(string message)
        : base(message)
    {
    }

    public NotebookFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
