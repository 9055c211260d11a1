namespace GanNotebooks.Workbook.Reporting;

internal enum RunStatus
{
    Passed,

    /// <summary>A cell did not compile, threw, or a check in it did not hold.</summary>
    Failed,

    /// <summary>The process ended by itself: native abort, stack overflow, Environment.Exit, memory.</summary>
    Crashed,

    TimedOut,

    /// <summary>Not a notebook that can be run; no process was started.</summary>
    Unreadable,

    /// <summary>Ctrl-C came while it ran.</summary>
    Stopped,

    /// <summary>Ctrl-C came before its turn.</summary>
    NotRun,
}
