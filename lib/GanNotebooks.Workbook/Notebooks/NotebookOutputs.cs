using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>Adds outputs to a notebook document in the format of nbformat.</summary>
internal static class NotebookOutputs
{
    /// <summary>Marks, in a cell's metadata, that the exercise's solution ran instead of its source.</summary>
    public const string SolutionMark = "gan_notebooks_solution";

    /// <summary>A copy without outputs and execution counts.</summary>
    public static JsonObject Cleared(Notebook notebook)
    {
        var copy = (JsonObject)notebook.Root.DeepClone();
        foreach (var cell in ((JsonArray)copy["cells"]!).OfType<JsonObject>().Where(cell => NotebookFile.Text(cell["cell_type"]) == "code"))
        {
            cell["execution_count"] = null;
            cell["outputs"] = new JsonArray();
        }

        return copy;
    }

    public static void MarkRun(JsonObject cell, int number, bool solved)
    {
        cell["execution_count"] = number;
        if (!solved)
            return;
        if (cell["metadata"] is not JsonObject)
            cell["metadata"] = new JsonObject();
        cell["metadata"]![SolutionMark] = true;
    }

    /// <summary>Appends text to the output of the same stream instead of starting another.</summary>
    public static void AddText(JsonObject cell, string name, string text)
    {
        var outputs = Outputs(cell);
        if (outputs.LastOrDefault() is JsonObject last && NotebookFile.Text(last["name"]) == name)
        {
            last["text"] = NotebookFile.ToLines(NotebookFile.Text(last["text"]) + text);
            return;
        }

        outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = NotebookFile.ToLines(text) });
    }

    /// <param name="id">null for the cell's value, else the display's id.</param>
    public static JsonObject AddData(JsonObject cell, string? id, int number, JsonObject data)
    {
        var output = new JsonObject { ["output_type"] = id is null ? "execute_result" : "display_data" };
        if (id is null)
            output["execution_count"] = number;
        output["data"] = data;
        output["metadata"] = new JsonObject();
        Outputs(cell).Add(output);
        return output;
    }

    public static void AddError(JsonObject cell, string name, string message, IReadOnlyList<string> trace) =>
        Outputs(cell).Add(new JsonObject
        {
            ["output_type"] = "error",
            ["ename"] = name,
            ["evalue"] = message,
            ["traceback"] = new JsonArray([.. trace.DefaultIfEmpty($"{name}: {message}").Select(line => (JsonNode)line)]),
        });

    public static JsonObject Bundle(IReadOnlyDictionary<string, string> data) =>
        new(data.Select(pair => KeyValuePair.Create(pair.Key,
            pair.Key.EndsWith("json", StringComparison.Ordinal) ? JsonOrText(pair.Value) : NotebookFile.ToLines(pair.Value))));

    // A cell may call anything JSON.
    private static JsonNode? JsonOrText(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 });
        }
        catch (JsonException)
        {
            return NotebookFile.ToLines(text);
        }
    }

    public static JsonArray Outputs(JsonObject cell)
    {
        if (cell["outputs"] is JsonArray outputs)
            return outputs;
        var added = new JsonArray();
        cell["outputs"] = added;
        return added;
    }
}
