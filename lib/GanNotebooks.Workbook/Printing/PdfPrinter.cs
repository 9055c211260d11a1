using System.Text;
using GanNotebooks.Workbook.Devices;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Printing;

/// <summary>What a hand-out contains besides text, figures and one line for each table of checks.</summary>
/// <param name="Code">The code of all cells.</param>
/// <param name="Checks">The tables of checks.</param>
/// <param name="Solutions">The solutions of the exercises, at the end.</param>
internal sealed record PrintParts(bool Code, bool Checks, bool Solutions);

/// <summary>Prints pages of the book as PDF, with the Chromium of the machine.</summary>
/// <param name="program">Path of the browser.</param>
internal sealed class PdfPrinter(string program)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="option">The option that prints, for the message.</param>
    /// <exception cref="UsageException">The machine has no such browser.</exception>
    public static PdfPrinter Find(string option = "--pdf") => SystemChecks.FindBrowser() is { } path
        ? new PdfPrinter(path)
        : throw new UsageException($"{option} prints with Chromium, which was not found (apt-get install chromium). "
            + "Any other browser prints a page with Ctrl+P.");

    /// <summary>Prints one page of the book; returns null, or why it could not be printed.</summary>
    /// <param name="page">The page of the book.</param>
    /// <param name="pdf">The file to write.</param>
    public Task<string?> PrintAsync(string page, string pdf, PrintParts parts, CancellationToken cancel) =>
        PrintAsync(page, Query(parts), pdf, cancel);

    /// <summary>Prints one page; returns null, or why it could not be printed.</summary>
    /// <param name="page">The page.</param>
    /// <param name="query">What follows its address, such as "?print".</param>
    /// <param name="pdf">The file to write.</param>
    public async Task<string?> PrintAsync(string page, string query, string pdf, CancellationToken cancel)
    {
        string profile = Directory.CreateTempSubdirectory("gan-notebooks-print-").FullName;
        string made = Path.Combine(profile, "page.pdf");
        try
        {
            string[] arguments =
            [
                .. HeadlessBrowser.Arguments(profile), "--no-pdf-header-footer", $"--print-to-pdf={made}",
                new Uri(Path.GetFullPath(page)).AbsoluteUri + query,
            ];
            var run = await BoundedProcess.RunAsync(program, arguments, new Dictionary<string, string>(), Patience, cancel)
                .ConfigureAwait(false);
            if (!run.Succeeded || !File.Exists(made))
                return run.LastLines.Count > 0 ? run.LastLines[^1] : $"{Path.GetFileName(program)} wrote no PDF";
            Runtime.AtomicFile.Write(pdf, stream =>
            {
                using var source = File.OpenRead(made);
                source.CopyTo(stream);
            });
            return null;
        }
        finally
        {
            HeadlessBrowser.Remove(profile);
        }
    }

    private static string Query(PrintParts parts)
    {
        var query = new StringBuilder("?print");
        if (parts.Code)
            query.Append("&code");
        if (parts.Checks)
            query.Append("&checks");
        if (parts.Solutions)
            query.Append("&solutions");
        return query.ToString();
    }
}
