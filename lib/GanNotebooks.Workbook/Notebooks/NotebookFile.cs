using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>Reads and writes .ipynb files as editors do: indented by one space, with sources as lists of lines.</summary>
internal static class NotebookFile
{
    /// <summary>Bytes of a notebook; the largest executed notebook of the course has 6 MB.</summary>
    public const int BytesAtMost = 64_000_000;

    /// <summary>Cells of a notebook.</summary>
    public const int CellsAtMost = 10_000;

    private const int DepthAtMost = 64;
    private const string Expected = "not a notebook: a JSON object with `cells` and `nbformat` was expected";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DepthAtMost };

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a notebook. All of it is checked here, so that nothing in it can throw later.</summary>
    /// <exception cref="NotebookFormatException">The file is missing, is no regular file, is too large, is not JSON, or is not a version 4
    /// notebook.</exception>
    public static Notebook Read(string path) => Parse(path, ReadText(path));

    /// <summary>The text of a notebook file.</summary>
    /// <exception cref="NotebookFormatException">The file is missing, is no regular file, is too large, or is not UTF-8.</exception>
    public static string ReadText(string path)
    {
        RefuseOtherFormats(path);
        try
        {
            if (RegularFile.Fault(path) is { } fault)
                throw new NotebookFormatException($"not a notebook: it is {fault}");
            using var stream = RegularFile.OpenRead(path);
            if (stream.Length > BytesAtMost)
            {
                throw new NotebookFormatException($"too large: {stream.Length / 1e6:0} MB, and at most {BytesAtMost / 1e6:0} MB are read; "
                    + "clear its outputs");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Utf8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new NotebookFormatException($"not UTF-8 text (byte {error.Index + 1})", error);
        }
        catch (IOException error)
        {
            bool missing = error is FileNotFoundException or DirectoryNotFoundException;
            throw new NotebookFormatException(missing ? "no such file" : "cannot be read: " + error.Message, error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new NotebookFormatException(error is UnauthorizedAccessException
                ? "cannot be read: permission denied"
                : "cannot be read: " + error.Message, error);
        }
    }

    /// <summary>Checks the text of a notebook and takes it apart.</summary>
    /// <exception cref="NotebookFormatException">The text is not a version 4 notebook.</exception>
    public static Notebook Parse(string path, string text)
    {
        RefuseOtherFormats(path);
        var root = Document(text);
        if (root["cells"] is not JsonArray cells || root["nbformat"] is null)
            throw new NotebookFormatException(Expected);
        if (root["nbformat"] is not JsonValue version || !version.TryGetValue(out int number) || number != 4)
            throw new NotebookFormatException($"notebook format {Short(root["nbformat"])} is not supported; it must be 4");
        if (cells.Count > CellsAtMost)
            throw new NotebookFormatException($"too large: {cells.Count:N0} cells, and at most {CellsAtMost:N0} are read");

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

    /// <summary>The document, of which every text and every name has been read once: JSON is otherwise decoded when it is used.</summary>
    private static JsonObject Document(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: Strict);
            Touch(node);
            return node as JsonObject ?? throw new NotebookFormatException(Expected);
        }
        catch (JsonException error)
        {
            // Of these two the reader needs no place.
            bool deep = error.Message.Contains("depth", StringComparison.OrdinalIgnoreCase);
            bool twice = error.Message.Contains("uplicate", StringComparison.Ordinal);
            throw new NotebookFormatException(deep ? $"not a notebook: nested more than {DepthAtMost} levels deep"
                : twice ? "not a notebook: a name stands twice in one object"
                : $"not valid JSON (line {error.LineNumber + 1}, column {error.BytePositionInLine + 1})", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new NotebookFormatException("not a notebook: a text in it has half of a surrogate pair", error);
        }
    }

    /// <summary>Whether every text and every name of a JSON value can be read.</summary>
    public static bool IsText(JsonNode node)
    {
        try
        {
            Touch(node);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json)
                {
                    RefuseHalfCharacters(name);
                    Touch(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                    Touch(item);
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                RefuseHalfCharacters(text);
                break;
            default:
                break;
        }
    }

    private static void RefuseHalfCharacters(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
            else if (char.IsSurrogate(text[at]))
                throw new InvalidOperationException("half of a surrogate pair");
        }
    }

    // Other formats of notebooks, each with what to do.
    private static void RefuseOtherFormats(string path)
    {
        if (Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase))
            throw new NotebookFormatException(".dib files are not supported: save it as .ipynb in VS Code (Save As), and run that");
    }

    private static string Short(JsonNode? node)
    {
        string text = node is JsonValue ? node.ToString() : node?.ToJsonString() ?? "";
        return text.Length > 40 ? text[..40] + "…" : text;
    }

    public static string ToText(JsonNode root) => root.ToJsonString(Format) + "\n";

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
