using System.Buffers;
using System.Text.Json;
using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// Reads the events of a notebook's process. A cell can find the pipe and write into it: what is no event ends the reading, in one
/// exception that says so, and a line without an end takes no more memory than the longest event.
/// </summary>
internal sealed class EventLines(Stream pipe)
{
    /// <summary>Bytes of one event. The largest has an output of <see cref="EventWriter.DisplayLimit"/> characters.</summary>
    public const int BytesAtMost = 64 << 20;

    private readonly ArrayBufferWriter<byte> line = new();

    /// <summary>Takes all events, until the pipe is closed or the reading is cancelled.</summary>
    /// <exception cref="ForgedEventException">A line is no event.</exception>
    public async Task ReadAsync(Action<ChildEvent> take, CancellationToken enough)
    {
        byte[] buffer = new byte[1 << 16];
        while (await NextAsync(buffer, enough).ConfigureAwait(false) is > 0 and var count)
        {
            var rest = buffer.AsMemory(0, count);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                Append(rest.Span[..end]);
                take(Parse());
            }

            Append(rest.Span);
        }

        // The last line of a process that was killed may be half a line: nothing follows it.
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (line.WrittenCount + bytes.Length > BytesAtMost)
            throw new ForgedEventException();
        line.Write(bytes);
    }

    private ChildEvent Parse()
    {
        try
        {
            return JsonSerializer.Deserialize(line.WrittenSpan, WireJson.Default.ChildEvent) ?? throw new ForgedEventException();
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException
            or ArgumentException)
        {
            throw new ForgedEventException(error); // no JSON, or JSON of another shape
        }
        finally
        {
            line.ResetWrittenCount();
        }
    }

    private async Task<int> NextAsync(byte[] buffer, CancellationToken enough)
    {
        try
        {
            return await pipe.ReadAsync(buffer, enough).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}

/// <summary>Something other than the runner has written into the pipe of events.</summary>
internal sealed class ForgedEventException : Exception
{
    public const string Words = "a cell has written into the pipe through which this process reports its results, "
        + "so nothing that it reports can be believed";

    public ForgedEventException()
        : base(Words)
    {
    }

    public ForgedEventException(string message)
        : base(message)
    {
    }

    public ForgedEventException(Exception inner)
        : base(Words, inner)
    {
    }

    public ForgedEventException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
