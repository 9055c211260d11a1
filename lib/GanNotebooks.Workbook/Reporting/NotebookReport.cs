using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GanNotebooks.Workbook.Reporting;

/// <summary>What happened to one notebook. Also stored in the metadata of the executed notebook, for the book.</summary>
/// <param name="Seconds">Wall time of its process.</param>
/// <param name="Lab">What Lab.Open chose: profile, device, seed, threads, versions; null when no lab was opened.</param>
internal sealed record NotebookReport(
    string Notebook,
    string File,
    RunStatus Status,
    double Seconds,
    double CellSeconds,
    long PeakMemoryBytes,
    string Profile,
    string Device,
    long? Seed,
    JsonObject? Lab,
    Failure? Failure,
    IReadOnlyList<CellReport> Cells,
    IReadOnlyList<CheckReport> Checks)
{
    /// <summary>An earlier run said this; the run of the report has left the notebook out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Earlier { get; init; }

    public int ChecksPassed => Checks.Count(check => check.Passed is true);

    /// <summary>A reader's wrong answer is no failed check; a printed solution that is wrong is one.</summary>
    public int ChecksFailed => Checks.Count(check => check.Fails);

    /// <summary>How many of the passed checks compare numbers of recorded files: <see cref="CheckTable.Recorded"/>.</summary>
    public int ChecksRecorded => Checks.Count(check => check is { Passed: true, Recorded: true });

    /// <summary>Exercises that the reader solved.</summary>
    public int ExercisesSolved => Checks.Count(check => check is { Exercise: not null, Printed: false, Passed: true });

    /// <summary>Exercises that the reader answered wrongly.</summary>
    public int ExercisesWrong => Checks.Count(check => check.IsWrongAnswer);

    /// <summary>Exercises without an answer.</summary>
    public int ExercisesOpen => Checks.Count(check => check is { Exercise: not null, Passed: null });

    /// <summary>Exercises whose printed solution ran, because the reader had not answered.</summary>
    public int ExercisesPrinted => Checks.Count(check => check is { Exercise: not null, Printed: true });

    public int CellsPassed => Cells.Count(cell => cell.Status is CellStatus.Passed);
}

/// <param name="Cell">The code cell's number, from 1, as an editor shows it after "run all".</param>
/// <param name="Solution">The solution of the exercise ran instead of the open cell.</param>
internal sealed record CellReport(int Cell, string Id, CellStatus Status, double Seconds, bool Solution);

/// <summary>One checked claim, in the library's own words.</summary>
/// <param name="Value">What was found, to the last bit, where it is one number.</param>
/// <param name="Passed">null: an exercise that is still open.</param>
/// <param name="Reason">For an exercise, what the reader is told about the answer.</param>
/// <param name="Recorded">The numbers were read from a recorded file: the check cannot fail for a reader.</param>
/// <param name="Exercise">Number of the exercise, such as "04.1"; null for a check of the course.</param>
/// <param name="Printed">The printed solution of the exercise ran in place of the open cell.</param>
internal sealed record CheckReport(int Cell, string Claim, string Expected, string Got, string Tolerance, bool? Passed, string Reason,
    string? Value = null, bool Recorded = false, string? Exercise = null, bool Printed = false)
{
    /// <summary>The notebook has failed by this check.</summary>
    [JsonIgnore]
    public bool Fails => Passed is false && (Exercise is null || Printed);

    /// <summary>A reader's own answer, which is not right yet. It fails nothing.</summary>
    [JsonIgnore]
    public bool IsWrongAnswer => Passed is false && Exercise is not null && !Printed;

    public static CheckReport From(int cell, JsonObject row) => new(
        cell, Text(row["claim"]), Text(row["expected"]), Text(row["got"]), Text(row["tolerance"]),
        row["passed"] is JsonValue value && value.TryGetValue(out bool passed) ? passed : null, Text(row["reason"]),
        row["value"] is { } number ? Text(number) : null,
        row["recorded"] is JsonValue mark && mark.TryGetValue(out bool recorded) && recorded,
        row["exercise"] is { } exercise ? Text(exercise) : null);

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";
}

/// <summary>Where a notebook failed and why.</summary>
/// <param name="Cell">"cell [4]", or "" when no cell is to blame.</param>
/// <param name="Line">Line in the cell, from 1; 0 when not known.</param>
internal sealed record Failure(string Cell, int Line, string Name, string Message)
{
    public override string ToString()
    {
        string where = (Cell, Line) switch
        {
            ("", _) => "",
            (_, 0) => Cell + ": ",
            _ => $"{Cell}, line {Line}: ",
        };
        return where + (Name == "" ? Message : $"{Name}: {Message}");
    }
}
