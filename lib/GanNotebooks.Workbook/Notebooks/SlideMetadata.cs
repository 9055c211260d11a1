using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>What a cell is in a deck.</summary>
internal enum SlideType
{
    /// <summary>"-", or no metadata: the cell continues what is there.</summary>
    Continue,

    /// <summary>Begins a slide.</summary>
    Slide,

    /// <summary>Begins a slide below the one before it.</summary>
    Subslide,

    /// <summary>Appears at the next key.</summary>
    Fragment,

    /// <summary>Is in no slide.</summary>
    Skip,

    /// <summary>Is for the presenter only.</summary>
    Notes,
}

/// <summary>
/// The slide metadata of cells, as Jupyter defines it and as nbconvert and RISE read it: <c>slideshow.slide_type</c>. One tag is this
/// workbook's own: <c>slide-code</c> shows the code of a cell.
/// </summary>
internal static class SlideMetadata
{
    public const string Key = "slideshow", TypeKey = "slide_type", TagsKey = "tags", CodeTag = "slide-code";

    private static readonly Dictionary<string, SlideType> Types = new()
    {
        ["slide"] = SlideType.Slide, ["subslide"] = SlideType.Subslide, ["fragment"] = SlideType.Fragment, ["skip"] = SlideType.Skip,
        ["notes"] = SlideType.Notes, ["-"] = SlideType.Continue,
    };

    /// <summary>The values that the metadata may have.</summary>
    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>The type as the cell writes it; null when it writes none.</summary>
    public static string? NameOf(NotebookCell cell) =>
        (cell.Json["metadata"] as JsonObject)?[Key] is JsonObject slideshow && slideshow[TypeKey] is JsonValue value
            && value.TryGetValue(out string? name) ? name : null;

    /// <summary>The type of a cell. An unknown one continues, as nbconvert has it; <c>workbook check</c> names it.</summary>
    public static SlideType Of(NotebookCell cell) =>
        NameOf(cell) is { } name && Types.TryGetValue(name, out var type) ? type : SlideType.Continue;

    /// <summary>Whether a cell speaks to the presenter, and to nobody else.</summary>
    public static bool IsNote(NotebookCell cell) => Of(cell) is SlideType.Notes;

    /// <summary>Whether the code of a cell is shown on its slide.</summary>
    public static bool ShowsCode(NotebookCell cell) => cell.Kind is CellKind.Code
        && (cell.Json["metadata"] as JsonObject)?[TagsKey] is JsonArray tags && tags.Any(tag => NotebookFile.Text(tag) == CodeTag);
}
