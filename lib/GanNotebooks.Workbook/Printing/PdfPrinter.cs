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
    private const int DrawingMilliseconds = 30_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <exception cref="UsageException">The machine has no such browser.</exception>
    public static PdfPrinter Find() => SystemChecks.FindBrowser() is { } path
        ? new PdfPrinter(path)
        : throw new UsageException("--pdf prints with Chromium, which was not found (apt-get install chromium). "
            + "Any other browser prints a page of the book with Ctrl+P.");

    /// <summary>Prints one page; returns null, or why it could not be printed.</summary>
    /// <param name="page">The page of the book.</param>
    /// <param name="pdf">The file to write.</param>
    public async Task<string?> PrintAsync(string page, string pdf, PrintParts parts, CancellationToken cancel)
    {
        string profile = Directory.CreateTempSubdirectory("gan-notebooks-print-").FullName;
        string made = Path.Combine(profile, "page.pdf");
        try
        {
            var run = await BoundedProcess.RunAsync(program, [.. Arguments(profile, made), Address(page, parts)],
                new Dictionary<string, string>(), Patience, cancel).ConfigureAwait(false);
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
            Remove(profile);
        }
    }

    // Figures are drawn in virtual time: the browser waits for scripts, not for the clock.
    private static IEnumerable<string> Arguments(string profile, string pdf)
    {
        yield return "--headless";
        yield return "--disable-gpu";
        yield return "--no-first-run";
        yield return "--disable-background-networking";
        yield return "--disable-sync";
        yield return "--no-pdf-header-footer";
        yield return $"--virtual-time-budget={DrawingMilliseconds}";
        yield return $"--user-data-dir={profile}";
        yield return $"--print-to-pdf={pdf}";
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
            yield return "--no-sandbox"; // Chromium refuses its sandbox to root
    }

    private static string Address(string page, PrintParts parts)
    {
        var query = new StringBuilder("?print");
        if (parts.Code)
            query.Append("&code");
        if (parts.Checks)
            query.Append("&checks");
        if (parts.Solutions)
            query.Append("&solutions");
        return new Uri(Path.GetFullPath(page)).AbsoluteUri + query;
    }

    // A process of the browser may still write into its profile.
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"left behind: {TerminalText.Visible(folder)}");
        }
    }
}
