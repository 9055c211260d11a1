using System.Globalization;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks;

/// <summary>
/// Takes the reader's answers to the exercises of the course. Question, right answer, tolerance, hint and reason are in a catalogue
/// (<c>exercises.json</c>), out of the reader's sight. A wrong answer never throws: the row that is shown says what is wrong with it.
/// </summary>
public static class Exercise
{
    private static readonly Lazy<ExerciseCatalogue> Course = new(ExerciseCatalogue.Read);
    private static readonly ExerciseTries Session = ExerciseTries.Parse(NotebookHost.EarlierTries);

    /// <summary>
    /// Compares an answer with the right one. The first wrong answer is told whether it is too small or too large, the second wrong one
    /// gets a hint, and the third one the reason and the place of the solution. The same wrong answer again is not a new try, and
    /// neither is a slip of writing: whole numbers divided, too few digits, a percentage in place of a share.
    /// </summary>
    /// <param name="id">Number of the notebook and of the exercise, such as "04.1".</param>
    /// <param name="answer">The reader's answer; null while there is none.</param>
    /// <exception cref="ArgumentException">The course has no such exercise.</exception>
    public static CheckTable Answer(string id, double? answer) =>
        Answer(Course.Value.Find(id), answer, Session, InteractiveKernel.CodeOfThisCell);

    /// <summary>The same for any question, tries and cell.</summary>
    internal static CheckTable Answer(ExerciseQuestion question, double? answer, ExerciseTries tries, string? code)
    {
        bool? right = answer is { } given ? question.Accepts(given) : null;
        bool writing = right is false && ExerciseFeedback.IsSlipOfWriting(question, answer!.Value, code);
        int step = right is false && !writing ? tries.Add(question.Id, answer!.Value) : 0;
        return new CheckTable().AddExercise(new CheckRow($"Exercise {question.Id}: {question.Claim}",
            right is true ? Expected(question) : "your answer", answer is { } shown ? Number.Show(shown, "G10") : "none yet",
            question.Precision, right, ExerciseFeedback.Of(question, answer, step, code))
        {
            Value = writing ? null : answer, // the runner counts the tries by their values
            Exercise = question.Id,
        });
    }

    private static string Expected(ExerciseQuestion question) => question.Expected is { } value
        ? Number.Show(value)
        : string.Create(CultureInfo.InvariantCulture, $"{Number.Show(question.Low)} … {Number.Show(question.High)}");
}
