namespace GanNotebooks;

/// <summary>One exercise of the catalogue. It has one right answer, or a range of them where the reader measures something.</summary>
/// <param name="Id">Number of the notebook and of the exercise, such as "04.1".</param>
/// <param name="Claim">What is asked for, in a few words that can stand alone.</param>
/// <param name="Expected">The right answer; null for a measurement.</param>
/// <param name="Low">The smallest answer that is accepted.</param>
/// <param name="High">The largest answer that is accepted.</param>
/// <param name="Precision">How close the answer must be, in the words of the question.</param>
/// <param name="Reason">Why the right answer is right.</param>
/// <param name="Hint">What the second wrong answer gets.</param>
/// <param name="Logarithm">Whether the right answer is a logarithm, so that another base is a likely slip.</param>
/// <param name="Slips">Wrong answers that readers are likely to give.</param>
internal sealed record ExerciseQuestion(string Id, string Claim, double? Expected, double Low, double High, string Precision, string Reason,
    string Hint, bool Logarithm, IReadOnlyList<ExerciseSlip> Slips)
{
    /// <summary>Largest accepted difference from the right answer; half of the range of a measurement.</summary>
    public double Tolerance => (High - Low) / 2;

    /// <summary>Whether an answer is right; NaN never is.</summary>
    public bool Accepts(double answer) => answer >= Low && answer <= High;
}

/// <summary>A wrong answer that readers are likely to give.</summary>
/// <param name="Answer">The wrong answer.</param>
/// <param name="Help">What led to it, in one sentence.</param>
internal sealed record ExerciseSlip(double Answer, string Help);
