using System.Text.Json;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// How long a run still takes, from what its notebooks took in the run before, or else from the mean of those that have ended.
/// </summary>
/// <param name="names">The notebooks to run.</param>
/// <param name="before">Seconds of the run before, by name.</param>
/// <param name="jobs">Notebooks that run at a time.</param>
internal sealed class TimeLeft(IReadOnlyList<string> names, IReadOnlyDictionary<string, double> before, int jobs)
{
    private readonly Dictionary<string, double> ended = [];

    /// <summary>The seconds of an earlier run in the same profile; empty when there is no such report.</summary>
    public static IReadOnlyDictionary<string, double> Before(RunOptions options)
    {
        try
        {
            if (File.Exists(options.ReportPath) && ReportFile.Read(options.ReportPath) is { } report
                && report.Profile == options.ProfileName)
            {
                return report.Notebooks.Where(notebook => notebook.Status is RunStatus.Passed).DistinctBy(notebook => notebook.Notebook)
                    .ToDictionary(notebook => notebook.Notebook, notebook => notebook.Seconds);
            }
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NullReferenceException)
        {
            // The report is from another version, so nothing is known.
        }

        return new Dictionary<string, double>();
    }

    public int Count => names.Count;

    public int Ended => ended.Count;

    public void End(string name, double seconds) => ended[name] = seconds;

    /// <summary>Null while nothing is known.</summary>
    /// <param name="elapsed">Seconds of the notebooks that run now, by name.</param>
    public TimeSpan? Of(IReadOnlyDictionary<string, double> elapsed)
    {
        var known = names.Where(before.ContainsKey).Select(name => before[name]).Concat(ended.Values).ToList();
        if (known.Count == 0)
            return null;
        double mean = known.Average();
        double sum = names.Where(name => !ended.ContainsKey(name))
            .Sum(name => Math.Max(0, before.GetValueOrDefault(name, mean) - elapsed.GetValueOrDefault(name)));
        return TimeSpan.FromSeconds(sum / Math.Min(jobs, Math.Max(1, Count - Ended)));
    }
}
