using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// The lines <c>#r "nuget: Name, Version"</c> of a reader's own notebook. This runner fetches no packages, so that a run needs no network;
/// what the library brings along stands in for the package of that name.
/// </summary>
internal static partial class PackageLines
{
    // What this package does, charts that show themselves, the library does, offline.
    private const string ChartsPackage = "Plotly.NET.Interactive";

    /// <summary>Whether the code wants charts that show themselves: the library must be loaded for that.</summary>
    public static bool WantCharts(string code) => Line().Matches(code).Any(match => match.Groups[1].Value == ChartsPackage);

    /// <summary>The code with its package lines replaced, line for line.</summary>
    /// <param name="folder">Where the library and what it brings along lie.</param>
    /// <param name="notes">A line for each package: what stands in for it, in which version.</param>
    /// <param name="failure">The first package that is not there.</param>
    public static string Replace(string code, string folder, out string notes, out CellFailure? failure)
    {
        CellFailure? missing = null;
        var said = new StringBuilder();
        string replaced = Line().Replace(code, match =>
        {
            string name = match.Groups[1].Value;
            string library = name == ChartsPackage ? "Plotly.NET"
                : name.StartsWith("TorchSharp-", StringComparison.Ordinal) ? "TorchSharp"
                : name;
            string file = Path.Combine(folder, library + ".dll");
            if (File.Exists(file))
            {
                string own = $"{Path.GetFileNameWithoutExtension(file)} {AssemblyName.GetAssemblyName(file).Version?.ToString(3)}";
                said.Append(CultureInfo.InvariantCulture, $"{match.Value.Trim()}: the library's {own} stands in for it.\n");
                return $"#r \"{file}\"";
            }

            missing ??= new CellFailure("PackageReference",
                $"The workbook's own runner fetches no packages, and the library does not bring {name} along: run this notebook in VS "
                    + "Code, Jupyter or dotnet-repl.",
                code[..match.Index].Count(letter => letter == '\n') + 1, []);
            return match.Value;
        });
        notes = said.ToString();
        failure = missing;
        return replaced;
    }

    [GeneratedRegex(@"^[ \t]*#r[ \t]+""nuget:[ \t]*([^"",\s]+)[^""\r\n]*""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
