namespace GanNotebooks.Workbook.Running;

/// <summary>Why a notebook's process is no more.</summary>
internal enum EndReason
{
    Exited,
    TimedOut,
    OutOfMemory,
    Stopped,
}
