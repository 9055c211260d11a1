namespace GanNotebooks.Workbook;

internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>A run of a sweep is not finished: it stopped at a checkpoint, or another process computes it (EX_TEMPFAIL).</summary>
    public const int ToBeContinued = 75;

    /// <summary>Stopped by a signal. The process ends with 128 plus the number of the signal, as shells expect; this is SIGINT's.</summary>
    public const int Stopped = Signals + 2;

    /// <summary>What is added to the number of a signal.</summary>
    public const int Signals = 128;
}
