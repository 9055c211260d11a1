using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Runs;

/// <summary>
/// The report of some runs: measures with intervals, curves, settings, samples, costs and versions, as one HTML file. It is a function of
/// the runs' folders. Everything that stands in them is text of others.
/// </summary>
internal static class RunReport
{
    private const int MostCurves = 24, MostSettings = 400;

    /// <summary>Writes the page.</summary>
    /// <param name="file">Full path of the HTML file; its folder is created.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="notebook">Name of the notebook beside the page; null without one.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WritePage(string file, string title, IReadOnlyList<RunSummary> runs, string? notebook = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.WriteText(file, StaticPage.Of(title, Body(runs, notebook)));
    }

    /// <summary>The page's text and figures, HTML.</summary>
    public static string Body(IReadOnlyList<RunSummary> runs, string? notebook) => string.Concat(
        Lead(runs, notebook), MeasureSection(runs), CurveSection(runs), SettingSection(runs), SampleSection.Of(runs), CostSection(runs));

    private static string Lead(IReadOnlyList<RunSummary> runs, string? notebook)
    {
        var groups = RunGroup.Of(runs);
        var unfinished = runs.Where(run => run.Status != RunStatus.Finished).ToList();
        string states = unfinished.Count == 0 ? "All are finished."
            : $"Not finished: {List(unfinished.Select(run => $"{run.Name} ({run.Status.ToString().ToLowerInvariant()})"), 8)}.";
        string redo = notebook is null ? ""
            : $" The notebook <code>{Html.Escape(notebook)}</code> beside this page makes its figures again.";
        return $"<section class=\"prose\"><p>{Html.Count(runs.Count, "run", "runs")} of "
            + $"{Html.Count(groups.Count, "setting", "settings")}; "
            + $"data: {Html.Escape(List(runs.Select(run => run.Data).Distinct(), 4))}; "
            + $"models: {Html.Escape(List(runs.Select(run => run.Model).Distinct(), 4))}; "
            + $"{RunTables.Duration(runs.Sum(run => run.Seconds ?? 0))} of training in all. "
            + $"{Html.Escape(states)}{redo}</p></section>\n";
    }

    private static string MeasureSection(IReadOnlyList<RunSummary> runs)
    {
        string[] measures = RunTables.Measures(runs);
        if (measures.Length == 0)
            return Section("Measures", Paragraph("No run has measures yet; they are taken at the end of a run."));
        bool repeated = RunGroup.Of(runs).Any(group => group.Runs.Count > 1);
        string meaning = string.Concat(measures.Select(name => RunMeasures.All.FirstOrDefault(m => m.Name == name))
            .OfType<RunMeasure>().Select(m => $"<li><code>{Html.Escape(m.Name)}</code>: {Html.Escape(m.Meaning)}.</li>\n"));
        return Section("Measures", Paragraph(repeated
                ? "Settings with several runs: the interquartile mean, and in brackets its 95 % bootstrap interval. With three runs or "
                    + "fewer an interval is too narrow to be trusted. Overlapping intervals are no test; `sweep table` has one."
                : "One run of each setting: the values have no interval, and a difference between two of them may be one of seeds.")
            + StaticPage.Show(runs.MeasureTable())
            + $"<details><summary>What is measured</summary><ul>\n{meaning}</ul></details>\n");
    }

    private static string CurveSection(IReadOnlyList<RunSummary> runs)
    {
        var readable = runs.Where(run => run.Last is not null && HasLog(run)).ToList(); // a damaged log has no curve
        if (readable.Count == 0)
            return "";
        var groups = RunGroup.Of(readable);
        IReadOnlyList<RunSummary> shown = [.. groups.Take(MostCurves).SelectMany(group => group.Runs)];
        string left = groups.Count > MostCurves
            ? Paragraph(string.Create(CultureInfo.InvariantCulture, $"The first {MostCurves} of {groups.Count} settings.")) : "";
        return Section("Losses", left
            + StaticPage.Show(shown.CurveFigure(r => r.DiscriminatorLoss, "The discriminator's loss", "loss of D (nats)"))
            + StaticPage.Show(shown.CurveFigure(r => r.GeneratorLoss, "The generator's loss", "loss of G (nats)")));
    }

    private static bool HasLog(RunSummary run)
    {
        try
        {
            return GanNotebooks.Training.History.Read(run.Folder).Count > 0;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    private static string SettingSection(IReadOnlyList<RunSummary> runs)
    {
        var (different, same) = RunSummary.Compare(runs);
        string rows = string.Concat(same.Take(MostSettings).Select(s => Html.Row(Html.Escape(s.Name), Html.Escape(s.Value))));
        return Section("Settings",
            (different.Count > 0 ? Paragraph("What differs between the runs:") + StaticPage.Show(runs.DifferenceTable())
                : runs.Count > 1 ? Paragraph("No setting differs.") : "")
            + $"<details{(runs.Count == 1 ? " open" : "")}><summary>{(runs.Count == 1 ? "All settings" : "What is the same in all")} "
            + $"({same.Count.ToString(CultureInfo.InvariantCulture)})</summary>\n"
            + $"{Html.Table("Settings", "prose-table", ["setting", "value"], rows)}</details>\n");
    }

    private static string CostSection(IReadOnlyList<RunSummary> runs)
    {
        var table = new Table("", "run", "seed", "state", "steps", "time", "processor", "threads", "library", "torch", "began from")
            .Rows(runs, run =>
            [
                run.Name, run.Seed?.ToString(CultureInfo.InvariantCulture) ?? "–", run.Status.ToString().ToLowerInvariant(),
                string.Create(CultureInfo.InvariantCulture, $"{run.Step} of {run.Steps}"), RunTables.Duration(run.Seconds),
                run.Result?.Processor is { Length: > 0 } processor ? processor : run.Described("device"),
                run.Result?.Threads.ToString(CultureInfo.InvariantCulture) ?? "–",
                Library(run.Result?.Library ?? run.Described("library")),
                run.Result?.Torch is { Length: > 0 } torch ? torch : run.Described("torch"), Origin(run),
            ]);
        string commands = string.Concat(runs.Where(run => run.Recipe is not null).Select(run =>
            $"{run.Recipe!.CommandLine} --run {(run.Name.All(c => char.IsLetterOrDigit(c) || "/._-".Contains(c)) ? run.Name : "NAME")}\n"));
        return Section("Runs, costs and versions", StaticPage.Show(table)
            + (commands == "" ? "" : $"<details><summary>Commands that train them</summary><pre class=\"output value\">"
                + $"{Html.Escape(commands)}</pre></details>\n"));
    }

    private static string Origin(RunSummary run) => run.Origin is { } origin
        ? string.Create(CultureInfo.InvariantCulture, $"step {origin.Step} of {Path.GetFileName(origin.Run)}, {Short(origin.Sha256)}")
            + (origin.NetworksOnly ? ", networks only" : "")
        : "–";

    // A version ends with the digest of the commit.
    private static string Library(string version) =>
        version.Split('+') is [var number, var commit, ..] ? $"{number}+{Short(commit)}" : version;

    private static string Short(string digest) => digest.Length > 8 ? digest[..8] : digest;

    private static string List(IEnumerable<string> names, int most) =>
        names.ToList() is var all && all.Count > most ? $"{string.Join(", ", all.Take(most))} and {all.Count - most} more"
            : string.Join(", ", all);

    internal static string Section(string title, string body) => $"<h2>{Html.Escape(title)}</h2>\n{body}";

    internal static string Paragraph(string text) => $"<p>{Html.Escape(text)}</p>\n";
}
