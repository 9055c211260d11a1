using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>What a host made of a notebook's checks, in their order.</summary>
/// <param name="Checks">What was claimed, expected and found, to the last bit where it is one number; the cell's number is left
/// out.</param>
/// <param name="Tables">The tables of checks that a reader sees, as HTML.</param>
internal sealed partial record HostRun(IReadOnlyList<CheckReport> Checks, IReadOnlyList<string> Tables)
{
    /// <summary>
    /// A cell that makes the library write every check into a file, as it hands them to our own runner: a table shows six digits,
    /// this has all of them. It runs before the notebook's first cell.
    /// </summary>
    public static string Recorder(string file) =>
        $$"""
        AppContext.SetData("GanNotebooks.Host.Check",
            (Action<string>)(json => System.IO.File.AppendAllText({{JsonValue.Create(file).ToJsonString()}}, json + "\n")));
        """;

    public static IReadOnlyList<CheckReport> Recorded(string file) =>
        [.. File.ReadLines(file).Select(line => CheckReport.From(0, JsonNode.Parse(line)!.AsObject()))];

    public static IEnumerable<string> TablesIn(string html) => CheckTable().Matches(html).Select(match => match.Value);

    /// <summary>The tables in an executed notebook, whoever executed it.</summary>
    public static IReadOnlyList<string> TablesOf(string notebook) =>
        [.. NotebookFile.Read(notebook).CodeCells
            .SelectMany(cell => NotebookOutputs.Outputs(cell.Json))
            .SelectMany(output => TablesIn(NotebookFile.Text(output?["data"]?["text/html"])))];

    /// <summary>
    /// Nothing is left out: in the notebooks that run here no check depends on the machine. (Of the whole course two cells do,
    /// `speed-table` and `speed-check` of notebook 10, which time it; notebook 18 shows times in a table that is no check.)
    /// </summary>
    public static void AssertSame(HostRun expected, HostRun found)
    {
        Assert.NotEmpty(expected.Checks);
        Assert.NotEmpty(expected.Tables);
        Assert.Equal(expected.Checks, found.Checks);
        Assert.Equal(expected.Tables, found.Tables);
    }

    [GeneratedRegex("<table class=\"gan-table gan-checks\".*?</table>", RegexOptions.Singleline)]
    private static partial Regex CheckTable();
}
