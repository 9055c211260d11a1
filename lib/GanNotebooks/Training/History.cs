using System.Collections;

namespace GanNotebooks.Training;

/// <summary>The records of a training run, oldest first. It holds plain data.</summary>
public sealed class History : IReadOnlyList<HistoryRecord>
{
    private readonly List<HistoryRecord> records = [];

    /// <inheritdoc/>
    public int Count => records.Count;

    /// <summary>The steps of all records, for a horizontal axis.</summary>
    public IReadOnlyList<double> Steps => Column(r => r.Step);

    /// <inheritdoc/>
    public HistoryRecord this[int index] => records[index];

    /// <summary>Returns one quantity of all records.</summary>
    public IReadOnlyList<double> Column(Func<HistoryRecord, double> quantity) => [.. records.Select(quantity)];

    /// <summary>Returns the mean of a quantity over the last <paramref name="count"/> records, because a single batch is noisy.</summary>
    public double RecentMean(Func<HistoryRecord, double> quantity, int count = 20) => records.TakeLast(count).Average(quantity);

    /// <inheritdoc/>
    public IEnumerator<HistoryRecord> GetEnumerator() => records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(HistoryRecord record) => records.Add(record);

    internal void Replace(IEnumerable<HistoryRecord> others)
    {
        records.Clear();
        records.AddRange(others);
    }
}
