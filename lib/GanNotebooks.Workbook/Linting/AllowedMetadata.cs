using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>The only metadata a committed notebook has; editors add more, which `check --fix` takes away.</summary>
internal static class AllowedMetadata
{
    public const int Minor = 5;

    public static JsonObject OfNotebook() => (JsonObject)JsonNode.Parse("""
        {
          "kernelspec": { "display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp" },
          "language_info": { "name": "polyglot-notebook" },
          "polyglot_notebook": { "kernelInfo": { "defaultKernelName": "csharp", "items": [ { "aliases": [], "name": "csharp" } ] } }
        }
        """)!;

    public static JsonObject Of(CellKind kind) => kind is CellKind.Code
        ? (JsonObject)JsonNode.Parse(
            """{ "dotnet_interactive": { "language": "csharp" }, "polyglot_notebook": { "kernelName": "csharp" } }""")!
        : [];

    /// <summary>The metadata of one cell: that of its kind, what it is in a deck, and whether the deck shows its code.</summary>
    public static JsonObject Of(NotebookCell cell)
    {
        var made = Of(cell.Kind);
        if (SlideMetadata.NameOf(cell) is { } type)
            made[SlideMetadata.Key] = new JsonObject { [SlideMetadata.TypeKey] = type };
        if (SlideMetadata.ShowsCode(cell))
            made[SlideMetadata.TagsKey] = new JsonArray(SlideMetadata.CodeTag);
        return made;
    }

    public static IReadOnlySet<string> CellKeys(CellKind kind) => kind is CellKind.Code
        ? new HashSet<string> { "cell_type", "execution_count", "id", "metadata", "outputs", "source" }
        : new HashSet<string> { "cell_type", "id", "metadata", "source" };
}
