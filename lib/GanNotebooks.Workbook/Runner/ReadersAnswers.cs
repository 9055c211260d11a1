using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// The answers that a reader has written into a notebook, and those among them that ended a process of its run. A wrong answer stops
/// nothing: the notebook runs again without it. Each is set aside once, so that a run ends.
/// </summary>
internal sealed class ReadersAnswers
{
    private readonly List<NotebookCell> answers;
    private readonly Regex place;
    private readonly Dictionary<int, CellFailure> setAside = [];
    private readonly Dictionary<int, JsonArray> printed = [];

    /// <param name="notebook">The notebook.</param>
    /// <param name="request">Where its solutions are, and whether they run.</param>
    public ReadersAnswers(Notebook notebook, ExecuteRequest request)
    {
        var solutions = SolutionFile.Read(request.Solutions);
        answers = [.. notebook.CodeCells.Where(cell => ExerciseCell.AnsweredBy(cell, solutions, request.Solve) is not null)];
        place = new Regex(Regex.Escape(notebook.FileName) + @"\[(\d{1,6})\]", RegexOptions.NonBacktracking);
    }

    /// <summary>How each answer ended that does not run any more, by the index of its cell.</summary>
    public IReadOnlyDictionary<int, CellFailure> SetAside => new Dictionary<int, CellFailure>(setAside);

    /// <summary>The answer that runs now; null while another cell does.</summary>
    public NotebookCell? Running(Recording recording)
    {
        lock (recording)
            return answers.Find(cell => cell.Index == recording.Running?.Index);
    }

    /// <summary>Sets the answer aside that ended a process.</summary>
    /// <returns>The answer; null if none did.</returns>
    public NotebookCell? Take(Recording recording, ChildProcess child)
    {
        var answer = child.Reason switch
        {
            EndReason.AnswerTimedOut or EndReason.OutOfMemory => Running(recording),
            EndReason.Exited when !recording.Done => Ended(recording, child),
            _ => null,
        };
        if (answer is null || setAside.ContainsKey(answer.Index))
            return null;
        string told = $"The notebook ran again without this answer: {Told(recording, child)}.";
        setAside[answer.Index] = new CellFailure(recording.Failure!.Name, told, 0, []);
        printed[answer.Index] = recording.Printed(answer);
        return answer;
    }

    /// <summary>Gives the cells what they printed before they ended their process.</summary>
    public void Restore(Recording recording)
    {
        foreach (var (cell, outputs) in printed)
            recording.PutBefore(cell, outputs);
    }

    // A thread that an answer has started may end the process in the time of another cell. Its last words then name the place.
    private NotebookCell? Ended(Recording recording, ChildProcess child) => place.Match(child.LastWords) is { Success: true } named
        ? answers.Find(cell => cell.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == named.Groups[1].Value)
        : Running(recording);

    private static string Told(Recording recording, ChildProcess child) => child.Reason switch
    {
        EndReason.AnswerTimedOut => child.Overtime!,
        EndReason.Exited when child.LastWords.Contains("Stack overflow", StringComparison.Ordinal) =>
            "a function calls itself without end (stack overflow)",
        EndReason.Exited when child.LastWords.Length == 0 => $"it ended the notebook's process (exit code {child.ExitCode})",
        _ => recording.Failure!.Message,
    };
}
