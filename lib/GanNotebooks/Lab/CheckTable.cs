using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks;

/// <summary>A table of checks. A check that does not hold throws; a wrong answer to an exercise does not.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class CheckTable : IShowable
{
    // White on this red is legible on any page and on paper. Symbol and weight give the verdict without colour.
    private const string Printed = "print-color-adjust:exact;-webkit-print-color-adjust:exact";
    private const string FailedRow = $" class=\"gan-fails\" style=\"background:rgba(179,38,30,.15);{Printed}\"";
    private const string FailedVerdict = $"background:#b3261e;color:#fff;border-radius:3px;padding:.15em .5em;{Printed}";

    private readonly List<CheckRow> rows = [];
    private bool recorded;

    internal CheckTable()
    {
    }

    /// <summary>The checks that were added so far.</summary>
    public IReadOnlyList<CheckRow> Rows => rows;

    /// <summary>
    /// Marks all following checks of this table as checks of recorded numbers: read from a file of the repository, or printed in a paper.
    /// Such a check ties the text to the record, but it cannot fail for a reader, because the reader's machine computes nothing. Tables
    /// and reports count it apart. Checks of computed numbers therefore stand before this call.
    /// </summary>
    public CheckTable Recorded()
    {
        recorded = true;
        return this;
    }

    /// <summary>Checks that |expected − got| ≤ tolerance.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="expected">The value that the claim predicts.</param>
    /// <param name="got">The value that was found.</param>
    /// <param name="tolerance">Largest accepted difference of the two values, in their unit.</param>
    /// <param name="reason">Source of the tolerance.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Near(string claim, double expected, double got, double tolerance, string reason) =>
        Add(claim, Resolved(expected, tolerance), Resolved(got, tolerance), "± " + Number.Show(tolerance, "G3"),
            expected.Equals(got) || Math.Abs(expected - got) <= tolerance, reason, got);

    /// <summary>Checks that got ≤ limit.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="limit">The largest value that agrees with the claim.</param>
    /// <param name="got">The value that was found.</param>
    /// <param name="reason">Source of the limit.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Below(string claim, double limit, double got, string reason) =>
        Add(claim, "≤ " + Apart(limit, got), Apart(got, limit), "", got <= limit, reason, got);

    /// <summary>Checks that got ≥ limit.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="limit">The smallest value that agrees with the claim.</param>
    /// <param name="got">The value that was found.</param>
    /// <param name="reason">Source of the limit.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Above(string claim, double limit, double got, string reason) =>
        Add(claim, "≥ " + Apart(limit, got), Apart(got, limit), "", got >= limit, reason, got);

    /// <summary>Checks that low ≤ got ≤ high.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="low">The smallest value that agrees with the claim.</param>
    /// <param name="high">The largest value that agrees with the claim.</param>
    /// <param name="got">The value that was found.</param>
    /// <param name="reason">Source of the limits.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Between(string claim, double low, double high, double got, string reason) =>
        Add(claim, $"{Apart(low, got)} … {Apart(high, got)}", Apart(got, low, high), "", got >= low && got <= high, reason, got);

    /// <summary>Checks that two values are equal, without any tolerance.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="expected">The value that the claim predicts.</param>
    /// <param name="got">The value that was found.</param>
    /// <param name="reason">The reason why the values must be equal.</param>
    /// <exception cref="CheckFailedException">The two values differ.</exception>
    public CheckTable Exactly<T>(string claim, T expected, T got, string reason) =>
        Add(claim, Exact(expected), Exact(got), "exactly", EqualityComparer<T>.Default.Equals(expected, got), reason);

    /// <summary>Checks that a statement is true.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="holds">Whether the statement is true.</param>
    /// <param name="reason">The reason why the statement must be true.</param>
    /// <exception cref="CheckFailedException">The statement is false.</exception>
    public CheckTable That(string claim, bool holds, string reason) => Add(claim, "true", holds ? "true" : "false", "", holds, reason);

    /// <summary>Checks that a random measurement lies between two limits for at least a given number of seeds.</summary>
    /// <param name="claim">The claim in words.</param>
    /// <param name="seeds">The seeds to try.</param>
    /// <param name="measure">Function that returns the measurement for a seed.</param>
    /// <param name="low">The smallest value that agrees with the claim.</param>
    /// <param name="high">The largest value that agrees with the claim.</param>
    /// <param name="atLeast">The number of seeds that must agree.</param>
    /// <param name="reason">Source of the limits.</param>
    /// <exception cref="CheckFailedException">Fewer than <paramref name="atLeast"/> seeds agree.</exception>
    public CheckTable OverSeeds(string claim, IEnumerable<int> seeds, Func<int, double> measure, double low, double high, int atLeast,
        string reason)
    {
        double[] values = seeds.Select(measure).ToArray();
        int agree = values.Count(v => v >= low && v <= high);
        string format = Telling(values, low, high);
        string Show(double value) => Number.Show(value, format);
        string expected = low == high ? Show(low) : $"{Show(low)} … {Show(high)}";
        string got = $"{agree} of {values.Length}: {string.Join(", ", values.Select(Show))}";
        return Add(claim, $"{expected} in at least {atLeast} of {values.Length} seeds", got, "", agree >= atLeast, reason);
    }

    /// <summary>Adds the row of an exercise, which may be wrong or open.</summary>
    internal CheckTable AddExercise(CheckRow row)
    {
        Append(row);
        return this;
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var lines = rows.Select(r =>
            $"<tr{(r.Fails ? FailedRow : "")}><td style=\"white-space:nowrap\">{Verdict(r)}</td>"
            + $"<td style=\"min-width:14em\">{WebUtility.HtmlEncode(r.Claim)}<div style=\"opacity:.8;font-size:.9em\">"
                + $"{WebUtility.HtmlEncode(r.Exercise is null ? "because: " + r.Reason : r.Reason)}</div></td>"
            + $"<td>{WebUtility.HtmlEncode(Unbroken(r))}</td><td>{WebUtility.HtmlEncode(r.Got)}</td></tr>");
        string headers = string.Concat(new[] { "check", "claim", "expected", "got" }.Select(h => $"<th scope=\"col\">{h}</th>"));
        return $"{Table.StyleSheet}<div style=\"overflow-x:auto\"><table class=\"gan-table gan-checks\">"
            + $"<thead><tr>{headers}</tr></thead><tbody>{string.Concat(lines)}</tbody></table></div>";
    }

    /// <inheritdoc/>
    public string ToText() => AsTable().ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();

    // A value and its tolerance stay on one line.
    private static string Unbroken(CheckRow row) =>
        $"{row.Expected} {row.Tolerance}".Trim().Replace(" ± ", "\u00a0±\u00a0", StringComparison.Ordinal);

    private static string Verdict(CheckRow row) => row.Fails
        ? $"<strong style=\"{FailedVerdict}\">{WebUtility.HtmlEncode(row.Verdict)}</strong>"
        : WebUtility.HtmlEncode(row.Verdict);

    private Table AsTable() => new Table("", "check", "claim", "expected", "got", "tolerance", "because")
        .Rows(rows, r => [r.Verdict, r.Claim, r.Expected, r.Got, r.Tolerance, r.Reason]);

    private CheckTable Add(string claim, string expected, string got, string tolerance, bool? passed, string reason, double? value = null)
    {
        var row = new CheckRow(claim, expected, got, tolerance, passed, reason) { Value = value, Recorded = recorded };
        Append(row);
        if (row.Fails)
        {
            NotebookHost.Show(this);
            throw new CheckFailedException(row);
        }
        return this;
    }

    private void Append(CheckRow row)
    {
        rows.Add(row);
        NotebookHost.Record("Check", ToJson(row));
    }

    private static string ToJson(CheckRow row) => new JsonObject
    {
        ["claim"] = row.Claim,
        ["expected"] = row.Expected,
        ["got"] = row.Got,
        ["tolerance"] = row.Tolerance,
        ["passed"] = row.Passed,
        ["reason"] = row.Reason,
        ["value"] = row.Value is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : null,
        ["recorded"] = row.Recorded,
        ["exercise"] = row.Exercise,
    }.ToJsonString(JsonSerializerOptions.Default);

    // Six digits, or all digits where another number would look the same.
    private static string Apart(double value, params ReadOnlySpan<double> others)
    {
        foreach (double other in others)
        {
            if (value != other && Number.Show(value) == Number.Show(other))
                return Number.Show(value, "R");
        }
        return Number.Show(value);
    }

    // Four digits. More digits where a value would look equal to a limit but is not, or where a limit is a longer whole number.
    private static string Telling(double[] values, params double[] limits)
    {
        int Whole(double limit) => limit == Math.Round(limit) && Math.Abs(limit) is >= 1e4 and < 1e12
            ? (int)Math.Log10(Math.Abs(limit)) + 1
            : 4;
        bool Tells(string format) =>
            limits.All(limit => values.All(v => v == limit || Number.Show(v, format) != Number.Show(limit, format)));
        return Enumerable.Range(limits.Max(Whole), 12).Select(digits => string.Create(CultureInfo.InvariantCulture, $"G{digits}"))
            .FirstOrDefault(Tells) ?? "R";
    }

    // Two digits beyond the tolerance, so that an agreement is visible; at least six digits in total.
    private static string Resolved(double value, double tolerance)
    {
        double digits = Math.Log10(Math.Abs(value) / tolerance) + 2;
        return Number.Show(value,
            string.Create(CultureInfo.InvariantCulture, $"G{(double.IsNaN(digits) ? 12 : (int)Math.Clamp(Math.Ceiling(digits), 6, 12))}"));
    }

    private static string Exact(object? value) => value switch
    {
        double d => Number.Show(d, "G12"),
        string text => text,
        _ => Number.WithMinus(string.Create(CultureInfo.InvariantCulture, $"{value}")),
    };
}

/// <summary>One line of a <see cref="CheckTable"/>.</summary>
/// <param name="Claim">The claim in words.</param>
/// <param name="Expected">The value that the claim predicts.</param>
/// <param name="Got">The value that was found.</param>
/// <param name="Tolerance">Largest accepted difference of the two values.</param>
/// <param name="Passed">Whether the two values agree; null for an exercise without an answer.</param>
/// <param name="Reason">Source of the tolerance or the limit; for an exercise, what the reader is told about the answer.</param>
public sealed record CheckRow(string Claim, string Expected, string Got, string Tolerance, bool? Passed, string Reason)
{
    /// <summary>The found value to the last bit, if it is one number. Comparisons of runs use it.</summary>
    public double? Value { get; init; }

    /// <summary>Whether the numbers were read from a file of the repository (<see cref="CheckTable.Recorded"/>).</summary>
    public bool Recorded { get; init; }

    /// <summary>Number of the exercise that this is, such as "04.1"; null for a check of the course.</summary>
    public string? Exercise { get; init; }

    /// <summary>Whether this is a check of the course that does not hold. A wrong answer of a reader is none.</summary>
    public bool Fails => Passed == false && Exercise is null;

    /// <summary>The verdict in words, legible without colour.</summary>
    public string Verdict => (Passed, Exercise) switch
    {
        (true, null) => "✓ holds",
        (false, null) => "✗ FAILS",
        (true, _) => "✓ right",
        (false, _) => "✗ not yet",
        (null, _) => "not solved yet",
    } + (Recorded ? ", record" : "");
}

/// <summary>
/// The exception of a check that was not met. The table shows the failed check already, so the message that a notebook host prints below
/// the table is short.
/// </summary>
/// <param name="row">The check that failed.</param>
public sealed class CheckFailedException(CheckRow row) : Exception(
    $"Check failed: {row.Claim}. Expected {row.Expected}{(row.Tolerance.Length > 0 ? $" (tolerance {row.Tolerance})" : "")}, got "
        + $"{row.Got}. Because: {row.Reason}")
{
    private static readonly string[] Machinery = ["GanNotebooks.Check", "Microsoft.", "System."];

    /// <summary>The check that failed.</summary>
    public CheckRow Row { get; } = row;

    /// <summary>The calls that led to the check, without the calls of the library and of the script engine.</summary>
    public override string? StackTrace => base.StackTrace is { } frames
        ? string.Join('\n', frames.Split('\n').Select(frame => frame.TrimEnd('\r')).Where(IsReaders))
        : null;

    /// <summary>Returns the message alone. .NET Interactive shows this text, and a stack trace would push the table out of sight.</summary>
    public override string ToString() => Message;

    private static bool IsReaders(string frame) =>
        frame.TrimStart() is ['a', 't', ' ', .. var call] && !Machinery.Any(name => call.StartsWith(name, StringComparison.Ordinal));
}
