using GanNotebooks.Plotting;

namespace GanNotebooks;

/// <summary>What a reader is told about an answer. It says more from one wrong answer to the next.</summary>
internal static class ExerciseFeedback
{
    /// <summary>Puts the verdict into words.</summary>
    /// <param name="question">The exercise.</param>
    /// <param name="answer">The answer; null while there is none.</param>
    /// <param name="step">How many different wrong answers there were, with this one.</param>
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
            2 => $"{told} {(ExerciseSlips.OfThought(question, given) is { } thought ? thought + " " : "")}Hint: {question.Hint}",
            _ => $"{told} Open \"Solution\" above this cell. The reason: {question.Reason}.",
        };
    }

    private static string Direction(ExerciseQuestion question, double given) =>
        double.IsNaN(given) ? "Not yet: this is not a number (NaN)."
        : double.IsInfinity(given) ? $"Not yet: {Number.Show(given)} is infinite; a finite number is asked for."
        : $"Not yet: {Number.Show(given, "G10")} is too {(given < question.Low ? "small" : "large")}.";
}
