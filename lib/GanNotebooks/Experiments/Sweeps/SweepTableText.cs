using System.Globalization;
using System.Text;

namespace GanNotebooks.Experiments;

/// <summary>A <see cref="SweepTable"/> as text.</summary>
internal static class SweepTableText
{
    private const int Width = 100, NameWidth = 16, ALine = 5;
    private static readonly int[] Budgets = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000];

    public static string Of(SweepTable table)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line).TrimEnd()).Append('\n');
        int measured = table.Rows.Sum(row => row.Count), failed = table.Rows.Sum(row => row.Failed);
        string better = table.Measure.HigherIsBetter is true ? "higher" : "lower", more = failed > 0 ? $", {failed} more failed" : "";
        Line($"{table.Measure.Title}, {better} is better; {measured} of {table.Runs} runs{more}");
        bool inline = table.Rows.All(row => Label(row).Length <= NameWidth);
        string best = $"best of {table.Budget}", head = inline ? "setting" : "";
        Line($"{"#",3} {"n",4} {"fail",4} {"median",9} {"IQM",9} {"95 % interval",21} {"P(better)",9} {"p",6} {best,9}  {head}");
        foreach (var row in table.Rows)
        {
            string interval = row.Interval is { } ends && row.Count > 1
                ? string.Create(CultureInfo.InvariantCulture, $"[{ends.Low:G3}, {ends.High:G3}]")
                : "";
            string probability = row.BetterThanFirst is { } share ? share.ToString("F2", CultureInfo.InvariantCulture) : "";
            string p = row.PermutationTest is { } test ? test.ToString("F4", CultureInfo.InvariantCulture) : "";
            string middle = $"{Number(row.Median),9} {Number(row.InterquartileMean),9} {interval,21} {probability,9} {p,6}";
            Line($"{row.Setting,3} {row.Count,4} {row.Failed,4} {middle} {Number(row.ExpectedBest),9}  {(inline ? Label(row) : "")}");
        }

        text.Append('\n');
        if (!inline)
        {
            foreach (var row in table.Rows)
                text.Append(Wrapped(string.Create(CultureInfo.InvariantCulture, $"{row.Setting,4}  {Label(row)}"))).Append('\n');
            text.Append('\n');
        }

        text.Append("IQM: mean of the middle half of the runs, with its bootstrap interval. P(better): a run of the\n"
            + "setting against one of setting 0, ties count half. p: permutation test of \"the same as setting 0\",\n"
            + (table.Rows.Count > 2 ? $"for one comparison; there are {table.Rows.Count - 1}. " : "for this comparison. ")
            + "best of k: the best of k runs, in expectation.\n");
        if (table.Search.Count > 1)
        {
            text.Append("Expected best of k settings by their medians:\n");
            var shown = Budgets.Where(k => k < table.Search.Count).Append(table.Search.Count)
                .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k}: {Number(table.Search[k - 1])}"));
            foreach (string[] some in shown.Chunk(ALine))
                text.Append("  ").Append(string.Join(", ", some)).Append('\n');
        }
        return text.ToString();
    }

    private static string Label(SweepRow row) => row.Dropped is { } step
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Name} (out at step {step})")
        : row.Name;

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    // A long name goes on below itself, between its settings; all of it can be read.
    private static string Wrapped(string line)
    {
        var lines = new List<string>();
        foreach (string part in line.Split(", "))
        {
            if (lines.Count == 0)
            {
                lines.Add(part);
            }
            else if (lines[^1].Length + part.Length + 3 <= Width)
            {
                lines[^1] += $", {part}";
            }
            else
            {
                lines[^1] += ",";
                lines.Add($"      {part}");
            }
        }
        return string.Join('\n', lines.Select(Cut));
    }

    private static string Cut(string line) => line.Length <= Width ? line : line[..(Width - 1)] + "…";
}
