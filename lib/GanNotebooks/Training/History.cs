using System.Collections;

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
public sealed class History : RunHistory<HistoryRecord>;

/// <summary>The state of a run at one step.</summary>
public interface IStepRecord
{
    /// <summary>Number of steps so far.</summary>
    int Step { get; }

    /// <summary>Mean time of a step since the previous record, in seconds. It is the only number that differs from run to run.</summary>
    double StepSeconds { get; }
}
