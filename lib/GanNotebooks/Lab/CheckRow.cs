namespace GanNotebooks;

/// <summary>One line of a <see cref="CheckTable"/>.</summary>
/// <param name="Claim">What is claimed.</param>
/// <param name="Expected">What the claim predicts.</param>
/// <param name="Got">What was found.</param>
/// <param name="Tolerance">How far the two may be apart.</param>
/// <param name="Passed">Whether they agree; null for an exercise that is not solved yet.</param>
/// <param name="Reason">Where the tolerance or the limit comes from.</param>
public sealed record CheckRow(string Claim, string Expected, string Got, string Tolerance, bool? Passed, string Reason)
{
    /// <summary>What was found, to the last bit, where it is one number; runs are compared by it.</summary>
    public double? Value { get; init; }

    /// <summary>The verdict in words: it does not depend on a colour.</summary>
    public string Verdict => Passed switch { true => "✓ holds", false => "✗ FAILS", null => "not solved yet" };
}
