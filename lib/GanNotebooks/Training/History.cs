using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>The records of a run, oldest first. It holds plain data.</summary>
/// <typeparam name="TRecord">Type of a record.</typeparam>
public abstract class RunHistory<TRecord> : IReadOnlyList<TRecord> where TRecord : class, IStepRecord
{
    private readonly List<TRecord> records = [];

    private protected RunHistory()
    {
    }

    /// <inheritdoc/>
    public int Count => records.Count;

    /// <summary>The steps of all records, for a horizontal axis.</summary>
    public IReadOnlyList<double> Steps => Column(r => r.Step);

    /// <inheritdoc/>
    public TRecord this[int index] => records[index];

    /// <summary>Returns one quantity of all records.</summary>
    public IReadOnlyList<double> Column(Func<TRecord, double> quantity) => [.. records.Select(quantity)];

    /// <summary>Returns the mean of a quantity over the last <paramref name="count"/> records, because a single batch is noisy.</summary>
    public double RecentMean(Func<TRecord, double> quantity, int count = 20) => records.TakeLast(count).Average(quantity);

    /// <inheritdoc/>
    public IEnumerator<TRecord> GetEnumerator() => records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(TRecord record) => records.Add(record);

    internal void Replace(IEnumerable<TRecord> others)
    {
        records.Clear();
        records.AddRange(others);
    }
}

/// <summary>The records of a <see cref="Trainer"/>'s run, oldest first. It holds plain data.</summary>
public sealed class History : RunHistory<HistoryRecord>
{
    /// <summary>
    /// Reads the history of a run from its folder, also while it trains. A last line that is not complete yet is left out.
    /// </summary>
    /// <param name="folder">Folder of the run (<see cref="RunDirectory"/>), with a <c>metrics.jsonl</c>.</param>
    /// <exception cref="DataFileException">There is no log, it cannot be read, or a line is no record of a run of a
    /// <see cref="Trainer"/>. The message has the number of the line.</exception>
    public static History Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var history = new History();
        history.Replace(RecordLog.Read<HistoryRecord>(Path.Combine(folder, RecordLog.FileName)));
        return history;
    }
}

/// <summary>The log of a run: one record a line, as JSON.</summary>
internal static class RecordLog
{
    public const string FileName = "metrics.jsonl";

    private const string What = "the log of a run, one record a line";
    private const int MostBytes = 1 << 30;

    /// <summary>Numbers of headers and logs. A gradient's norm may be infinite in a run that diverges.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads all records. A last line without its end, which a running or killed process leaves, is left out.</summary>
    /// <exception cref="DataFileException">The file is missing or unreadable, or a line is no such record.</exception>
    public static IReadOnlyList<T> Read<T>(string path) where T : class, IStepRecord => Of<T>(Text(path, long.MaxValue), path, line: 1);

    /// <summary>Reads the newest records only: those in the last bytes of the file.</summary>
    /// <exception cref="DataFileException">The file is missing or unreadable, or a line is no such record.</exception>
    public static IReadOnlyList<T> ReadEnd<T>(string path, int bytes) where T : class, IStepRecord
    {
        string text = Text(path, bytes);
        int start = text.Length < bytes ? 0 : text.IndexOf('\n', StringComparison.Ordinal) + 1; // the first line may be cut
        return Of<T>(text[start..], path, line: null);
    }

    private static List<T> Of<T>(string text, string path, int? line) where T : class, IStepRecord
    {
        string[] lines = text.Split('\n');
        var records = new List<T>();
        for (int i = 0; i < lines.Length - 1; i++)
        {
            if (Record<T>(lines[i]) is not { } record)
                throw Broken(i, "text that is no record");
            if (records is [.., var last] && record.Step <= last.Step)
                throw Broken(i, $"step {record.Step} after step {last.Step}");
            records.Add(record);
        }
        return records;

        DataFileException Broken(int index, string found) =>
            new(path, What, $"{found} in {(line is { } first ? $"line {first + index}" : "one of its last lines")}");
    }

    private static T? Record<T>(string line) where T : class, IStepRecord
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json) is { Step: > 0 } record ? record : null;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    // The last bytes of the file. The run that writes it may go on meanwhile.
    private static string Text(string path, long bytes) => DataFiles.Guard(path, () =>
    {
        RegularFile.Check(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = stream.Length, wanted = Math.Min(bytes, length);
        if (wanted > MostBytes)
            throw new DataFileException(path, What, "a file that is too large for it");
        stream.Position = length - wanted;
        byte[] read = new byte[wanted];
        int got = stream.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(read, 0, got);
    });
}

/// <summary>The state of a run at one step.</summary>
public interface IStepRecord
{
    /// <summary>Number of steps so far.</summary>
    int Step { get; }

    /// <summary>Mean time of a step since the previous record, in seconds. It is the only number that differs from run to run.</summary>
    double StepSeconds { get; }
}
