using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>What a notebook process tells its parent, one JSON object per line. Cells are named by their index in the file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(StreamText), "stream")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Unanswered), "unanswered")]
[JsonDerivedType(typeof(Finished), "finished")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Check), "check")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Script), "script")]
[JsonDerivedType(typeof(Done), "done")]
internal abstract record ChildEvent
{
    /// <param name="Solved">The exercise's solution runs instead of the cell.</param>
    internal sealed record Started(int Cell, bool Solved) : ChildEvent;

    /// <param name="Name">stdout or stderr, as nbformat calls them.</param>
    internal sealed record StreamText(int Cell, string Name, string Text) : ChildEvent;

    /// <param name="Id">A later display with the same id replaces this one; null for a cell's value.</param>
    internal sealed record Shown(int Cell, string? Id, IReadOnlyDictionary<string, string> Data) : ChildEvent;

    /// <param name="Line">Line in the cell, from 1; 0 when not known.</param>
    internal sealed record Failed(int Cell, string Name, string Message, int Line, IReadOnlyList<string> Trace) : ChildEvent;

    /// <summary>The reader's answer to an exercise does not run, was left out, or was never judged. The notebook continues.</summary>
    /// <param name="Got">Which of the three, in the words of the report.</param>
    /// <param name="Failure">How it failed; null if it ran.</param>
    /// <param name="Help">What the reader is told about it.</param>
    internal sealed record Unanswered(int Cell, string Exercise, string Got, Failed? Failure, string Help) : ChildEvent;

    internal sealed record Finished(int Cell, double Seconds, CellStatus Status) : ChildEvent;

    /// <param name="Fraction">0 to 1, or null when the end is not known.</param>
    internal sealed record Progress(string Title, double? Fraction, string Text) : ChildEvent;

    /// <summary>A check row, or (<see cref="Opened"/>) what Lab.Open said, as the library wrote them.</summary>
    internal sealed record Check(int Cell, JsonObject Row) : ChildEvent;

    internal sealed record Opened(JsonObject Lab) : ChildEvent;

    /// <summary>
    /// plotly.js and the script that draws, before the first figure: the parent itself never loads the library. A longer one replaces it.
    /// </summary>
    internal sealed record Script(string Text) : ChildEvent;

    internal sealed record Done(long PeakBytes) : ChildEvent;
}

/// <summary>The request that the parent writes to the child's standard input, as one line.</summary>
/// <param name="Setup">What <c>#!import setup.csx</c> runs.</param>
/// <param name="Solutions">The file of solved exercise cells, or null.</param>
/// <param name="Solve">Whether these run instead of the open ones. They tell in any case which cell answers which exercise.</param>
/// <param name="Tries">The wrong answers of earlier runs, as JSON.</param>
/// <param name="Root">The folder of the clone. It is removed from every text that is written.</param>
/// <param name="IsLive">Whether cells run one by one, as the lines that follow ask for them, instead of top to bottom.</param>
/// <param name="SetAside">
/// Answers that ended an earlier process of this run, by the index of their cell, and how they did: they do not run again.
/// </param>
internal sealed record ExecuteRequest(string Notebook, string Setup, string? Solutions, bool Solve, string Tries, string Root,
    bool IsLive = false, IReadOnlyDictionary<int, CellFailure>? SetAside = null);

/// <summary>One cell to run in a live process: a line of its standard input.</summary>
/// <param name="Cell">Its index in the file.</param>
/// <param name="Source">What runs in its place.</param>
internal sealed record CellRequest(int Cell, string Source);

/// <summary>Generated at build time: reflection would cost a tenth of a second of every notebook's start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChildEvent))]
[JsonSerializable(typeof(ExecuteRequest))]
[JsonSerializable(typeof(CellRequest))]
internal sealed partial class WireJson : JsonSerializerContext;
