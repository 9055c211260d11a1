using System.Text;

namespace GanNotebooks.Workbook.Execution;

/// <summary>Console.Out or Console.Error of a cell.</summary>
internal sealed class CellOutputWriter(EventWriter events, string name) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => events.Write(name, [value]);

    public override void Write(string? value) => events.Write(name, value);

    public override void Write(char[] buffer, int index, int count) => events.Write(name, buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => events.Write(name, buffer);

    public override void WriteLine(string? value) => events.Write(name, value + "\n");
}
