using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks;

/// <summary>A table of checks that all hold, or wait for the reader (exercises). A check that does not hold throws.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class CheckTable : IShowable
{
    private const string Cell = "text-align:left;vertical-align:top;padding:.2em .8em .2em 0;border-bottom:1px solid #8884;";

    // White on this red is read on any page, on paper as well; symbol and weight say the same without a colour.
    private const string Printed = "print-color-adjust:exact;-webkit-print-color-adjust:exact";
    private const string FailedRow = $" class=\"gan-fails\" style=\"background:rgba(179,38,30,.15);{Printed}\"";
    private const string FailedVerdict = $"background:#b3261e;color:#fff;border-radius:3px;padding:.15em .5em;{Printed}";

    private readonly List<CheckRow> rows = [];

    internal CheckTable()
    {
    }

    /// <summary>The checks so far.</summary>
    public IReadOnlyList<CheckRow> Rows => rows;

    /// <summary>|expected − got| ≤ tolerance.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="expected">What the claim predicts.</param>
    /// <param name="got">What was found.</param>
    /// <param name="tolerance">How far the two may be apart, in the unit of both.</param>
    /// <param name="reason">Where the tolerance comes from.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Near(string claim, double expected, double got, double tolerance, string reason) =>
        Add(claim, Resolved(expected, tolerance), Resolved(got, tolerance), "± " + Number.Show(tolerance, "G3"),
            expected.Equals(got) || Math.Abs(expected - got) <= tolerance, reason, got);

    /// <summary>got ≤ limit.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="limit">The largest value that agrees with the claim.</param>
    /// <param name="got">What was found.</param>
    /// <param name="reason">Where the limit comes from.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Below(string claim, double limit, double got, string reason) =>
        Add(claim, "≤ " + Apart(limit, got), Apart(got, limit), "", got <= limit, reason, got);

    /// <summary>got ≥ limit.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="limit">The smallest value that agrees with the claim.</param>
    /// <param name="got">What was found.</param>
    /// <param name="reason">Where the limit comes from.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Above(string claim, double limit, double got, string reason) =>
        Add(claim, "≥ " + Apart(limit, got), Apart(got, limit), "", got >= limit, reason, got);

    /// <summary>low ≤ got ≤ high.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="low">The smallest value that agrees with the claim.</param>
    /// <param name="high">The largest.</param>
    /// <param name="got">What was found.</param>
    /// <param name="reason">Where the limits come from.</param>
    /// <exception cref="CheckFailedException">The claim does not hold; for NaN no claim holds.</exception>
    public CheckTable Between(string claim, double low, double high, double got, string reason) =>
        Add(claim, $"{Apart(low, got)} … {Apart(high, got)}", Apart(got, low, high), "", got >= low && got <= high, reason, got);

    /// <summary>Two values are equal, without any tolerance.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="expected">What the claim predicts.</param>
    /// <param name="got">What was found.</param>
    /// <param name="reason">Why they must be equal.</param>
    /// <exception cref="CheckFailedException">The two values differ.</exception>
    public CheckTable Exactly<T>(string claim, T expected, T got, string reason) =>
        Add(claim, Exact(expected), Exact(got), "exactly", EqualityComparer<T>.Default.Equals(expected, got), reason);

    /// <summary>A statement that is true or false.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="holds">Whether the statement is true.</param>
    /// <param name="reason">Why it must be so.</param>
    /// <exception cref="CheckFailedException">The statement is false.</exception>
    public CheckTable That(string claim, bool holds, string reason) => Add(claim, "true", holds ? "true" : "false", "", holds, reason);

    /// <summary>Checks a claim about something random: the measurement lies between two limits for at least so many seeds.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="seeds">The seeds to try.</param>
    /// <param name="measure">Measures once, from a seed.</param>
    /// <param name="low">The smallest value that agrees with the claim.</param>
    /// <param name="high">The largest.</param>
    /// <param name="atLeast">The number of seeds that must agree.</param>
    /// <param name="reason">Where the limits come from.</param>
    /// <exception cref="CheckFailedException">Fewer seeds than that agree.</exception>
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

    /// <summary>The reader's answer to an exercise. While it is null, the check says so and does not fail.</summary>
    /// <param name="claim">The question.</param>
    /// <param name="expected">The right answer.</param>
    /// <param name="answer">The reader's answer; null or NaN when there is none yet.</param>
    /// <param name="tolerance">How far the two may be apart.</param>
    /// <param name="reason">A hint at how the answer can be known.</param>
    /// <exception cref="CheckFailedException">There is an answer, and it is wrong.</exception>
    public CheckTable Exercise(string claim, double expected, double? answer, double tolerance, string reason) =>
        answer is { } given && !double.IsNaN(given)
            ? Near(claim, expected, given, tolerance, reason)
            : Add(claim, "your answer", "none yet", "± " + Number.Show(tolerance, "G3"), null, reason);

    /// <inheritdoc/>
    public string ToHtml()
    {
        var lines = rows.Select(r =>
            $"<tr{(r.Passed == false ? FailedRow : "")}><td style=\"{Cell}white-space:nowrap\">{Verdict(r)}</td>"
            + $"<td style=\"{Cell}min-width:14em\">{WebUtility.HtmlEncode(r.Claim)}<div style=\"opacity:.8;font-size:.9em\">because: "
                + $"{WebUtility.HtmlEncode(r.Reason)}</div></td>"
            + $"<td style=\"{Cell}\">{WebUtility.HtmlEncode($"{r.Expected} {r.Tolerance}".Trim())}</td><td "
                + $"style=\"{Cell}\">{WebUtility.HtmlEncode(r.Got)}</td></tr>");
        string headers =
            string.Concat(new[] { "check", "claim", "expected", "got" }.Select(h => $"<th scope=\"col\" style=\"{Cell}\">{h}</th>"));
        return "<div style=\"overflow-x:auto\"><table class=\"gan-table gan-checks\" style=\"border-collapse:collapse\">"
            + $"<thead><tr>{headers}</tr></thead><tbody>{string.Concat(lines)}</tbody></table></div>";
    }

    /// <inheritdoc/>
    public string ToText() => AsTable().ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private static string Verdict(CheckRow row) => row.Passed == false
        ? $"<strong style=\"{FailedVerdict}\">{WebUtility.HtmlEncode(row.Verdict)}</strong>"
        : WebUtility.HtmlEncode(row.Verdict);

    private Table AsTable() => new Table("", "check", "claim", "expected", "got", "tolerance", "because")
        .Rows(rows, r => [r.Verdict, r.Claim, r.Expected, r.Got, r.Tolerance, r.Reason]);

    private CheckTable Add(string claim, string expected, string got, string tolerance, bool? passed, string reason, double? value = null)
    {
        var row = new CheckRow(claim, expected, got, tolerance, passed, reason) { Value = value };
        rows.Add(row);
        NotebookHost.Record("Check", ToJson(row));
        if (passed == false)
        {
            NotebookHost.Show(this);
            throw new CheckFailedException(row);
        }
        return this;
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
    }.ToJsonString(JsonSerializerOptions.Default);

    // Six digits, but all of them where another number would look the same.
    private static string Apart(double value, params ReadOnlySpan<double> others)
    {
        foreach (double other in others)
        {
            if (value != other && Number.Show(value) == Number.Show(other))
                return Number.Show(value, "R");
        }
        return Number.Show(value);
    }

    // Four digits, more where a value would look like a limit that it is not, or where a limit is a whole number of more digits.
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

    // Two digits beyond the tolerance, so that an agreement can be seen; at least six in all.
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
/// <param name="Claim">What is claimed.</param>
/// <param name="Expected">What the claim predicts.</param>
/// <param name="Got">What was found.</param>
/// <param name="Tolerance">How far the two may be apart.</param>
/// <param name="Passed">Whether they agree; null for an exercise that is not solved yet.</param>
/// <param name="Reason">Where the tolerance or the limit comes from.</param>
public sealed record CheckRow(string Claim, string Expected, string Got, string Tolerance, bool? Passed, string Reason)
{
    /// <summary>The value that was found, to the last bit, if it is one number; runs are compared by it.</summary>
    public double? Value { get; init; }

    /// <summary>The verdict in words: it does not depend on a colour.</summary>
    public string Verdict => Passed switch { true => "✓ holds", false => "✗ FAILS", null => "not solved yet" };
}

/// <summary>
/// A check was not met. Its table shows that already, so the text that a notebook host prints below the table is one sentence.
/// </summary>
/// <param name="row">The check that failed.</param>
public sealed class CheckFailedException(CheckRow row) : Exception(
    $"Check failed: {row.Claim}. Expected {row.Expected}{(row.Tolerance.Length > 0 ? $" (tolerance {row.Tolerance})" : "")}, got "
        + $"{row.Got}. Because: {row.Reason}")
{
    private static readonly string[] Machinery = ["GanNotebooks.Check", "Microsoft.", "System."];

    /// <summary>The check that failed.</summary>
    public CheckRow Row { get; } = row;

    /// <summary>The calls that led to the check, without those of the library and of the script engine.</summary>
    public override string? StackTrace => base.StackTrace is { } frames
        ? string.Join('\n', frames.Split('\n').Select(frame => frame.TrimEnd('\r')).Where(IsReaders))
        : null;

    /// <summary>The message: .NET Interactive shows this text, and a stack would push the table out of sight.</summary>
    public override string ToString() => Message;

    private static bool IsReaders(string frame) =>
        frame.TrimStart() is ['a', 't', ' ', .. var call] && !Machinery.Any(name => call.StartsWith(name, StringComparison.Ordinal));
}
