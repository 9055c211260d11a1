using System.Diagnostics;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using Spectre.Console;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// Lines that live: one for each running notebook - its cell, what the library says about its progress - and one for the run as a whole.
/// </summary>
internal sealed class LiveView(LiveDisplayContext live) : IRunView
{
    private readonly Lock gate = new();
    private readonly Dictionary<Notebook, (Stopwatch Watch, string Cell, string Progress)> running = [];
    private readonly List<Notebook> order = [];
    private TimeLeft timeLeft = new([], new Dictionary<string, double>(), 1);

    public void Start(TimeLeft timeLeft) => this.timeLeft = timeLeft;

    public void Begin(Notebook notebook) => Change(() =>
    {
        order.Add(notebook);
        running[notebook] = (Stopwatch.StartNew(), "", "");
    });

    public void Cell(Notebook notebook, int number, int count) =>
        Change(() => running[notebook] = running[notebook] with { Cell = $"cell {number}/{count}", Progress = "" });

    public void Again(Notebook notebook, int number) =>
        Change(() => running[notebook] = running[notebook] with { Cell = $"again, without the answer of cell [{number}]", Progress = "" });

    public void Progress(Notebook notebook, ChildEvent.Progress progress) => Change(() => running[notebook] = running[notebook] with
    {
        Progress = $"{progress.Title} {(progress.Fraction is { } part ? Bar(part) + $" {part:P0}" : "")} {progress.Text}",
    });

    public void End(Notebook notebook, NotebookReport report) => Change(() =>
    {
        if (!running.Remove(notebook, out var run))
            return;
        timeLeft.End(report.Notebook, run.Watch.Elapsed.TotalSeconds);
        order.Remove(notebook);
    });

    public void Tell(NotebookReport report)
    {
        string colour = report.Status is RunStatus.Passed ? "green" : "red";
        var lines = ReportText.Lines(report).ToList();
        lock (gate)
        {
            AnsiConsole.MarkupLine($"[{colour}]{Markup.Escape(Covering(lines[0]))}[/]");
            foreach (string? line in lines.Skip(1))
                AnsiConsole.MarkupLine(Markup.Escape(Covering(line)));
        }
    }

    private static int Width => Math.Max(20, AnsiConsole.Profile.Width - 1);

    // It is written over the lines that live, and these may be longer.
    private static string Covering(string line) => line.PadRight(Width);

    private static string Bar(double part)
    {
        const int width = 20;
        int full = (int)Math.Round(width * Math.Clamp(part, 0, 1));
        return new string('█', full) + new string('░', width - full);
    }

    private Dictionary<string, double> Elapsed() =>
        running.DistinctBy(pair => pair.Key.Name).ToDictionary(pair => pair.Key.Name, pair => pair.Value.Watch.Elapsed.TotalSeconds);

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            var lines = order
                .Select(notebook => $"{notebook.Name}  {running[notebook].Cell}  {running[notebook].Progress}".TrimEnd())
                .Select(TerminalText.Visible)
                .Append($"{timeLeft.Ended} of {timeLeft.Count}{ReportText.TimeLeft(timeLeft.Of(Elapsed()))}");
            live.UpdateTarget(new Rows(lines.Select(OneLine.Message).Select(
                line => new Text(line.Length < Width ? line : line[..(Width - 1)] + "…"))));
        }
    }
}
