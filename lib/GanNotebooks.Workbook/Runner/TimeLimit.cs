namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// When a notebook's process is ended. A limit that nobody asked for counts processor time, so that a busy machine ends no notebook that
/// works; a notebook that does nothing is ended after ten times as long on the clock.
/// </summary>
/// <param name="Limit">Seconds that the notebook may take.</param>
/// <param name="OnTheClock">The limit was asked for: it is meant on the clock.</param>
internal sealed record TimeLimit(TimeSpan Limit, bool OnTheClock)
{
    private const int Patience = 10;

    public bool IsOver(TimeSpan elapsed, TimeSpan processor) =>
        elapsed > Limit && (OnTheClock || processor > Limit || elapsed > Patience * Limit);

    /// <summary>What a reader is told when it is over.</summary>
    public string Told(TimeSpan elapsed) => OnTheClock || elapsed > Patience * Limit
        ? $"still running after {(OnTheClock ? Limit : elapsed).TotalSeconds:0} s; the process was ended. --timeout sets another limit."
        : $"still running after {Limit.TotalSeconds:0} s of processor time (the notebook's limit); the process was ended. --timeout "
            + "sets another limit.";
}
