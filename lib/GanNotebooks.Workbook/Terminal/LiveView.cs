using GanNotebooks.Workbook.Execution;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Running;
using Spectre.Console;

namespace GanNotebooks.Workbook.Terminal;

/// <summary>A line that lives: which notebook, which cell, what the library says about its progress.</summary>
internal sealed class LiveView(StatusContext status) : IRunView
{
    private string title = "";
    private string cell = "";

    public void Begin(Notebook notebook)
    {
        title = notebook.Name;
        cell = "";
        Show("");
    }

    public void Cell(int number, int count)
    {
        cell = $"cell {number}/{count}";
        Show("");
    }

    public void Progress(ChildEvent.Progress progress) =>
        Show($"{progress.Title} {(progress.Fraction is { } part ? Bar(part) + $" {part:P0}" : "")} {progress.Text}");

    public void End(NotebookReport report)
    {
        var colour = report.Status is RunStatus.Passed ? "green" : "red";
        var lines = ReportText.Lines(report).ToList();
        AnsiConsole.MarkupLine($"[{colour}]{Markup.Escape(lines[0])}[/]");
        foreach (var line in lines.Skip(1))
            AnsiConsole.MarkupLine(Markup.Escape(line));
    }

    private static string Bar(double part)
    {
        const int width = 20;
        var full = (int)Math.Round(width * Math.Clamp(part, 0, 1));
        return new string('█', full) + new string('░', width - full);
    }

    private void Show(string progress)
    {
        var text = $"{title}  {cell}  {progress}".TrimEnd();
        status.Status(Markup.Escape(text.Length > 200 ? text[..200] : text));
    }
}
