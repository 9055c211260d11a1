namespace GanNotebooks.Workbook.Running;

internal enum RunDevice
{
    Auto,
    Cpu,
    Cuda,
}
