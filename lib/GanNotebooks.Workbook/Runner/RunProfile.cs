namespace GanNotebooks.Workbook.Running;

internal enum RunProfile
{
    Quick,
    Full,
}
