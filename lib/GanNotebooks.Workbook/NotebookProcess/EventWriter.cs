using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Sends events to the parent, from any thread. Stream text is gathered for a moment, so that a cell that prints number by number
/// does not send an event for each; and it is cut off per cell, so that a flood ends here.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    public const int StreamLimit = 200_000;

    /// <summary>Characters of one value or display in all its forms; a form as plain text has the limit of a stream.</summary>
    public const int DisplayLimit = 10_000_000;

    private readonly Lock gate = new();
    private readonly Stream pipe;
    private readonly PathScrubber scrubber;
    private readonly StringBuilder pending = new();
    private readonly Dictionary<string, int> written = [];
    private readonly Timer timer;
    private string pendingName = "";
    private int cell;
    private int scriptLength;

    public EventWriter(Stream pipe, PathScrubber scrubber)
    {
        this.pipe = pipe;
        this.scrubber = scrubber;
        timer = new Timer(_ => Flush(), null, 200, 200);
        AppDomain.CurrentDomain.ProcessExit += FlushLast; // a cell may end its process
    }

    public void Begin(int index, bool solved)
    {
        lock (gate)
        {
            FlushHeld();
            cell = index;
            written.Clear();
            Send(new ChildEvent.Started(index, solved));
        }
    }

    public void Write(string name, ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            int before = written.GetValueOrDefault(name);
            if (before > StreamLimit)
                return;
            written[name] = before + text.Length;
            if (pendingName != name)
                FlushHeld();
            pendingName = name;
            int room = StreamLimit - before;
            pending.Append(text.Length <= room ? text : text[..room]);
            if (text.Length > room)
            {
                pending.Append($"\n[cut here: a cell may write {StreamLimit:N0} characters]\n");
                written[name] = StreamLimit + 1;
            }

            if (pending.Length > 8192)
                FlushHeld();
        }
    }

    public void Show(string? id, IReadOnlyDictionary<string, string> data) =>
        SendAfterText(at => new ChildEvent.Shown(at, id, Limited(data)
            .ToDictionary(pair => pair.Key, pair => Clean(pair.Key, pair.Value))));

    /// <summary>plotly.js, which each opening of the lab offers anew, and its whole for charts that need it: each once.</summary>
    public void Script(string text)
    {
        if (Interlocked.Exchange(ref scriptLength, Math.Max(scriptLength, text.Length)) < text.Length)
            SendAfterText(_ => new ChildEvent.Script(text));
    }

    public void Fail(CellFailure failure) => SendAfterText(at => Failed(at, failure));

    public void Unanswered(string exercise, string got, CellFailure? failure, string help) => SendAfterText(at => new ChildEvent.Unanswered(
        at, exercise, got, failure is null ? null : Failed(at, failure), help));

    public void Finish(double seconds, CellStatus status) => SendAfterText(at => new ChildEvent.Finished(at, seconds, status));

    public void Progress(string title, double fraction, string text) => SendAfterText(_ =>
        new ChildEvent.Progress(title, double.IsFinite(fraction) ? fraction : null, text));

    public void Check(string row) => SendAfterText(at => new ChildEvent.Check(at, ParseObject(row)));

    public void Opened(string lab) => SendAfterText(_ => new ChildEvent.Opened(ParseObject(lab)));

    public void Done(long peakBytes) => SendAfterText(_ => new ChildEvent.Done(peakBytes));

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= FlushLast;
        timer.Dispose();
    }

    private ChildEvent.Failed Failed(int at, CellFailure failure) => new(
        at, failure.Name, scrubber.Clean(failure.Message), failure.Line, [.. failure.Trace.Select(scrubber.Clean)]);

    private static Dictionary<string, string> Limited(IReadOnlyDictionary<string, string> data)
    {
        const string plain = "text/plain";
        var forms = new Dictionary<string, string>(data);
        string text = forms.GetValueOrDefault(plain) ?? "";
        long others = data.Sum(pair => (long)pair.Value.Length) - text.Length;
        if (text.Length > StreamLimit)
            forms[plain] = text = $"{text[..StreamLimit]}\n[cut here: a value may show {StreamLimit:N0} characters as text]\n";
        return others <= DisplayLimit ? forms : new Dictionary<string, string>
        {
            [plain] = $"{text}\n[left out here: {others:N0} characters of other forms; a value may show {DisplayLimit:N0}]\n",
        };
    }

    private string Clean(string mimeType, string content) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType.EndsWith("json", StringComparison.Ordinal)
            ? scrubber.Clean(content.ReplaceLineEndings("\n"))
            : content;

    private JsonObject ParseObject(string json) =>
        JsonNode.Parse(scrubber.Clean(json)) as JsonObject
            ?? throw new ArgumentException("A JSON object was expected, got: " + json, nameof(json));

    private void FlushLast(object? sender, EventArgs end) => Flush();

    private void Flush()
    {
        lock (gate)
            FlushHeld();
    }

    private void SendAfterText(Func<int, ChildEvent> make)
    {
        lock (gate)
        {
            FlushHeld();
            Send(make(cell));
        }
    }

    private void FlushHeld()
    {
        if (pending.Length == 0)
            return;
        string text = scrubber.Clean(pending.ToString());
        pending.Clear();
        Send(new ChildEvent.StreamText(cell, pendingName, text));
    }

    private void Send(ChildEvent message)
    {
        try
        {
            byte[] line = JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.ChildEvent);
            pipe.Write([.. line, (byte)'\n']);
            pipe.Flush();
        }
        catch (IOException)
        {
            // The parent is gone: nobody is left to run for.
            Environment.Exit(3);
        }
    }
}
