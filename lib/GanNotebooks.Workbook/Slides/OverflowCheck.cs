using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Devices;
using GanNotebooks.Workbook.Printing;

namespace GanNotebooks.Workbook.Slides;

/// <summary>Asks a browser which slides of a deck hold more than 1280 × 720 pixels.</summary>
/// <param name="program">Path of the browser.</param>
internal sealed partial class OverflowCheck(string program)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <exception cref="UsageException">The machine has no browser that can be asked.</exception>
    public static OverflowCheck Find() => new(HeadlessBrowser.Program
        ?? throw new UsageException("--check measures slides in Chromium, which was not found (apt-get install chromium)."));

    /// <summary>The slides that overflow, each in a sentence.</summary>
    /// <param name="deck">The file of the deck.</param>
    /// <exception cref="IOException">The browser did not answer.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string deck, CancellationToken cancel)
    {
        string profile = Directory.CreateTempSubdirectory("gan-notebooks-slides-").FullName;
        try
        {
            string? report = null;
            string[] arguments =
            [
                .. HeadlessBrowser.Arguments(profile), "--window-size=1280,720", "--dump-dom",
                new Uri(Path.GetFullPath(deck)).AbsoluteUri + "?lint",
            ];
            var run = await BoundedProcess.RunAsync(program, arguments, new Dictionary<string, string>(), Patience, cancel,
                take: line => report ??= Report().Match(line) is { Success: true } found ? found.Groups[1].Value : null)
                .ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            if (report is null)
            {
                string said = run.LastLines is [.., var last] ? last : "no answer";
                throw new IOException($"{Path.GetFileName(program)} did not measure {Path.GetFileName(deck)}: {said}");
            }

            return [.. JsonSerializer.Deserialize<List<Overflow>>(WebUtility.HtmlDecode(report), Names)!.Select(Sentence)];
        }
        finally
        {
            HeadlessBrowser.Remove(profile);
        }
    }

    private static string Sentence(Overflow found)
    {
        string title = found.Title == "" ? "" : $" \"{found.Title}\"";
        var sides = new List<string>();
        if (found.High > 1)
            sides.Add($"{found.High} pixels too high");
        if (found.Wide > 1)
            sides.Add($"{found.Wide} pixels too wide");
        string holds = Count.Of(found.Words, "word") + (found.Figures > 0 ? $" and {Count.Of(found.Figures, "figure")}" : "");
        return $"slide {found.Slide}{title} is {string.Join(" and ", sides)}, with {holds}";
    }

    [GeneratedRegex("<pre id=\"overflow\">(.*?)</pre>")]
    private static partial Regex Report();

    private sealed record Overflow(string Slide, string Title, int Words, int Figures, int High, int Wide);
}
