using System.Diagnostics;

namespace GanNotebooks.Studies;

/// <summary>
/// What a study measured on the way of one run, and its computing time, beside the run's checkpoints: a run that was broken off goes on
/// with both. Written whole or not at all.
/// </summary>
/// <typeparam name="T">A measurement.</typeparam>
internal sealed class ResumableCourse<T>
{
    private readonly string file;
    private readonly Record record;
    private readonly double before;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Goes on with what the folder holds, or begins.</summary>
    public ResumableCourse(string folder)
    {
        file = Path.Combine(folder, "course.json");
        record = File.Exists(file) ? RecordedFile.Read<Record>(file, "the course of a run", r => r.Marks is not null) : new Record([], 0);
        before = record.Seconds;
    }

    /// <summary>The measurements, by step.</summary>
    public IReadOnlyList<T> Marks => [.. record.Marks.Values];

    /// <summary>Computing time of all sessions.</summary>
    public double Seconds => before + clock.Elapsed.TotalSeconds;

    /// <summary>Adds a measurement, or replaces that of the same step, and writes the file.</summary>
    public void Add(int step, T mark)
    {
        record.Marks[step] = mark;
        RecordedFile.Write(file, record with { Seconds = Seconds });
    }

    private sealed record Record(SortedDictionary<int, T> Marks, double Seconds);
}
