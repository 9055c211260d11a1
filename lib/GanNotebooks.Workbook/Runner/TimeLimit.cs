using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// When a notebook's process is ended. A limit that nobody asked for counts processor time, so that a busy machine ends no notebook that
/// works; a notebook that does nothing is ended after ten times as long on the clock.
/// </summary>
/// <param name="Limit">How long the notebook, or a reader's answer in it, may take.</param>
/// <param name="OnTheClock">The limit was asked for: it is meant on the clock.</param>
/// <param name="OfAnswer">It is the limit of a reader's answer, which is also ended if it computes nothing for so long.</param>
internal sealed record TimeLimit(TimeSpan Limit, bool OnTheClock, bool OfAnswer = false)
{
    private const int Patience = 10;

    private static readonly TimeSpan Unstated = TimeSpan.FromSeconds(180);

    /// <summary>The course's own solutions take less than a second.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(60);

    /// <summary>Starting a process, loading torch and compiling take their time whatever a notebook promises.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(120);

    /// <summary>
    /// The limit of a notebook; null for none. The stated minutes are those of the quick profile, so a full run has no limit unless
    /// <see cref="RunOptions.Timeout"/> sets one.
    /// </summary>
    public static TimeLimit? Of(Notebook notebook, RunOptions options)
    {
        if (options.Timeout is { } asked)
            return new TimeLimit(asked, OnTheClock: true);
        if (options.Profile is RunProfile.Full)
            return null;
        var limit = StatedTime.MinutesOf(notebook) is { } minutes ? TimeSpan.FromMinutes(3 * minutes) : Unstated;
        return new TimeLimit(limit > Least ? limit : Least, OnTheClock: false);
    }

    /// <summary>The limit of a reader's answer: a minute, or half of what was asked for the whole notebook.</summary>
    public static TimeLimit Answers(RunOptions options) => options.Timeout is { } asked
        ? new TimeLimit(asked / 2, OnTheClock: true, OfAnswer: true)
        : new TimeLimit(Answer, OnTheClock: false, OfAnswer: true);

    public bool IsOver(TimeSpan elapsed, TimeSpan processor) =>
        elapsed > Limit && (OnTheClock || processor > Limit || elapsed > Patience * Limit || Sleeps(elapsed, processor));

    /// <summary>What a reader is told when it is over.</summary>
    public string Told(TimeSpan elapsed, TimeSpan processor) => (OfAnswer, OnTheClock) switch
    {
        (true, true) => $"it was still running after {Limit.TotalSeconds:0} s, half of --timeout",
        (true, false) when Sleeps(elapsed, processor) => $"it was still waiting after {elapsed.TotalSeconds:0} s",
        (true, false) => $"it was still running after {Math.Min(elapsed.TotalSeconds, processor.TotalSeconds):0} s of work",
        (false, false) when elapsed <= Patience * Limit =>
            $"still running after {Limit.TotalSeconds:0} s of processor time (the notebook's limit); the process was ended. --timeout "
            + "sets another limit.",
        (false, _) => $"still running after {(OnTheClock ? Limit : elapsed).TotalSeconds:0} s; the process was ended. --timeout sets "
            + "another limit.",
    };

    // Even on a busy machine a cell that computes gets more than a hundredth of a core.
    private bool Sleeps(TimeSpan elapsed, TimeSpan processor) => OfAnswer && processor < elapsed / 100;
}
