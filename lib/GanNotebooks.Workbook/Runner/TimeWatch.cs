using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Runner;

/// <summary>Watches the time of one process: that of the notebook, and that of the reader's answer which runs in it now.</summary>
/// <param name="notebook">The limit of the notebook; null for none.</param>
/// <param name="answer">The limit of an answer.</param>
/// <param name="running">Tells the answer that runs now; null while another cell does.</param>
internal sealed class TimeWatch(TimeLimit? notebook, TimeLimit answer, Func<NotebookCell?> running)
{
    private NotebookCell? seen;
    private TimeSpan elapsedBefore, processorBefore;

    /// <summary>Looks at the time.</summary>
    /// <param name="elapsed">Since the process began, on the clock.</param>
    /// <param name="processor">The processor time of the process, all threads together.</param>
    /// <returns>What is over, in words, and whether it is the answer's time; null if nothing is.</returns>
    public (string Words, bool OfAnswer)? Over(TimeSpan elapsed, TimeSpan processor)
    {
        var now = running();
        if (now != seen)
            (seen, elapsedBefore, processorBefore) = (now, elapsed, processor);
        var (mine, work) = (elapsed - elapsedBefore, processor - processorBefore);
        if (now is not null && answer.IsOver(mine, work))
            return (answer.Told(mine, work), true);
        return notebook?.IsOver(elapsed, processor) is true ? (notebook.Told(elapsed, processor), false) : null;
    }
}
