using GanNotebooks.Plotting;

namespace GanNotebooks;

/// <summary>What a reader is told about an answer. It says more from one wrong answer to the next.</summary>
internal static class ExerciseFeedback
{
    /// <summary>Puts the verdict into words.</summary>
    /// <param name="question">The exercise.</param>
    /// <param name="answer">The answer; null while there is none.</param>
    /// <param name="step">How many different wrong answers there were, with this one; 0 for a slip of writing.</param>
    /// <param name="code">The code of the reader's cell, where the host tells it.</param>
    public static string Of(ExerciseQuestion question, double? answer, int step, string? code)
    {
        if (answer is not { } given)
            return $"Replace null by your answer ({question.Precision}) and run the cell again.";
        if (question.Accepts(given))
            return $"Right: {question.Reason}.";
        string? slip = ExerciseSlips.IntegerDivision(question, given, code);
        if (slip is null && ExerciseSlips.TooFewDigits(question, given) is { } digits)
            return digits;

        string told = slip ?? ExerciseSlips.Percentage(question, given) ?? Direction(question, given);
        return step switch
        {
            <= 1 => told,
            2 => $"{told} {Thought(question, given)}Hint: {question.Hint}",
            _ => $"{told} {Thought(question, given)}Open \"Solution\" above this cell. The reason: {question.Reason}.",
        };
    }

    /// <summary>Whether an answer is wrong in its writing only, and so says nothing about the question: no try is counted for it.</summary>
    public static bool IsSlipOfWriting(ExerciseQuestion question, double given, string? code) =>
        ExerciseSlips.IntegerDivision(question, given, code) is not null || ExerciseSlips.TooFewDigits(question, given) is not null
        || ExerciseSlips.Percentage(question, given) is not null;

    private static string Thought(ExerciseQuestion question, double given) =>
        ExerciseSlips.OfThought(question, given) is { } thought ? thought + " " : "";

    private static string Direction(ExerciseQuestion question, double given) =>
        double.IsNaN(given) ? "Not yet: this is not a number (NaN)."
        : double.IsInfinity(given) ? $"Not yet: {Number.Show(given)} is infinite; a finite number is asked for."
        : $"Not yet: {Number.Show(given, "G10")} is too {(given < question.Low ? "small" : "large")}.";
}
