using System.Diagnostics;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests;

/// <summary>The built program, run as a reader runs it.</summary>
internal sealed record WorkbookProcess(int ExitCode, string Output, string Errors, string Out)
{
    public RunReport Report => ReportFile.Read(Path.Combine(Out, "report.json"));

    public NotebookReport ReportOf(string notebook) => Report.Notebooks.Single(report => report.Notebook == notebook);

    public string Executed(string notebook) => File.ReadAllText(Path.Combine(Out, "notebooks", notebook + ".ipynb"));

    public static async Task<WorkbookProcess> RunAsync(string workingFolder, string output, CancellationToken cancel,
        params string[] arguments)
    {
        using var process = Start(workingFolder, arguments);
        var text = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new WorkbookProcess(process.ExitCode, await text, await errors, output);
    }

    public static Process Start(string workingFolder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(TestPaths.Workbook, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
