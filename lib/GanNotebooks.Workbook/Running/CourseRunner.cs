using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Running;

/// <summary>Runs notebooks one after the other and keeps report.json up to date, so that it is readable whenever the run ends.</summary>
internal sealed class CourseRunner(RunOptions options, IRunView view)
{
    public async Task<RunReport> RunAsync(IReadOnlyList<string> notebooks, Action afterNotebooks, CancellationToken cancel)
    {
        var started = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        var runner = new NotebookRunner(options, view);
        var reports = new List<NotebookReport>();
        Directory.CreateDirectory(options.ExecutedFolder);
        Write(Report(finished: false));
        foreach (var path in notebooks)
        {
            reports.Add(cancel.IsCancellationRequested ? runner.NotRun(path) : await runner.RunAsync(path, cancel).ConfigureAwait(false));
            Write(Report(finished: false));
        }

        afterNotebooks();
        var report = Report(finished: !cancel.IsCancellationRequested);
        Write(report);
        return report;

        RunReport Report(bool finished) => new(
            Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, Environment.ProcessorCount,
            options.ProfileName, options.DeviceName, options.Seed, started, Math.Round(watch.Elapsed.TotalSeconds, 3), finished,
            reports.Count > 0 && reports.All(report => report.Status is RunStatus.Passed), reports);
    }

    private void Write(RunReport report) => ReportFile.Write(options.ReportPath, report);
}
