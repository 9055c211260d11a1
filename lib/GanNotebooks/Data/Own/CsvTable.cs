using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GanNotebooks.Data;

/// <summary>The numbers of a CSV file. CsvHelper parses; here every cell is checked, and a fault names its line and column.</summary>
/// <param name="Columns">Names of the columns; "1", "2" and so on where the file names none.</param>
/// <param name="Rows">The rows, d numbers each.</param>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<double[]> Rows)
{
    private const int LongestCell = 10_000, MostColumns = 4096;
    private const long MostNumbers = 250_000_000;
    private const string Content = "a table of numbers";

    /// <summary>Reads the chosen columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Columns, separator, header.</param>
    /// <param name="mostRows">Number of rows after which reading ends; what follows is not checked.</param>
    /// <exception cref="DataFileException">The file cannot be read or is no such table; the message names line and column.</exception>
    public static CsvTable Read(string path, PointsCsvOptions options, int mostRows = int.MaxValue) => DataFiles.Guard(path, () =>
    {
        char separator = options.Separator switch
        {
            CsvSeparator.Comma => ',',
            CsvSeparator.Semicolon => ';',
            CsvSeparator.Tab => '\t',
            CsvSeparator.Detected => Detected(path),
            _ => throw new ArgumentException($"unknown separator: {options.Separator}", nameof(options)),
        };
        try
        {
            using var reader = new StreamReader(DataFiles.OpenRead(path));
            using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = separator.ToString(), HasHeaderRecord = false, MaxFieldSize = LongestCell,
            });
            return Read(path, parser, separator, options, mostRows);
        }
        catch (CsvHelperException error)
        {
            throw Fault(path, Content, error is MaxFieldSizeException
                ? $"a cell with more than {LongestCell} letters"
                : $"line {error.Context?.Parser?.RawRow ?? 0}: a quotation mark that is not closed, or stands inside a cell");
        }
    });

    private static CsvTable Read(string path, CsvParser parser, char separator, PointsCsvOptions options, int mostRows)
    {
        if (!parser.Read())
            throw Fault(path, Content, "no line with text in it");
        string[] first = parser.Record!;
        if (first.Length > MostColumns)
            throw Fault(path, $"at most {MostColumns} columns", $"{first.Length} in line {parser.RawRow}");
        bool hasNames = options.Header ?? HasNames(path, first, parser.RawRow);
        string[] names = hasNames ? [.. first.Select(name => name.Trim())]
            : [.. Enumerable.Range(1, first.Length).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        int[] chosen = Chosen(path, names, options.Columns);
        var rows = new List<double[]>();
        for (bool more = !hasNames || parser.Read(); more && rows.Count < mostRows; more = parser.Read())
        {
            if (parser.Count != names.Length)
            {
                throw Fault(path, $"{names.Length} cells in every line", $"{parser.Count} in line {parser.RawRow}"
                    + (separator == ',' && parser.Count > names.Length ? "; decimal commas are not read, write 1.5" : ""));
            }

            rows.Add([.. chosen.Select(k => Number(path, parser[k], parser.RawRow, names[k], hasNames))]);
            if ((long)rows.Count * chosen.Length > MostNumbers)
                throw Fault(path, $"at most {MostNumbers} numbers", "more");
        }

        return rows.Count > 0 ? new CsvTable([.. chosen.Select(k => names[k])], rows) : throw Fault(path, "rows of numbers", "names only");
    }

    // The separator that stands in the first line: a comma may be a decimal one, so it comes last.
    private static char Detected(string path)
    {
        using var reader = new StreamReader(DataFiles.OpenRead(path));
        char[] start = new char[LongestCell];
        int length = reader.ReadBlock(start);
        string line = new string(start, 0, length).Split('\n').FirstOrDefault(l => l.Trim().Length > 0) ?? "";
        return line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';
    }

    // A name that looks like a number, or a first row with a broken number, would otherwise be taken for the other without a word.
    private static bool HasNames(string path, string[] cells, int line)
    {
        int numbers = cells.Count(cell => Value(cell) is not null || Problem(cell) is not null);
        return numbers == 0 || (numbers == cells.Length ? false : throw Fault(path, "names or numbers in the first line",
            $"both in line {line}; say whether it is a header (Header, in train header=yes or header=no)"));
    }

    private static int[] Chosen(string path, string[] names, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0)
            return [.. Enumerable.Range(0, names.Length)];
        return [.. asked.Select(column => Place(path, names, column))];
    }

    private static int Place(string path, string[] names, string column)
    {
        int place = Array.IndexOf(names, column);
        if (place < 0 && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            place = number - 1;
        return place >= 0 && place < names.Length
            ? place
            : throw Fault(path, $"a column {OwnText.Shown(column)}",
                $"{names.Length} columns: {string.Join(", ", names.Take(10).Select(OwnText.Shown))}{(names.Length > 10 ? ", …" : "")}");
    }

    private static double Number(string path, string cell, int line, string column, bool named)
    {
        if (Value(cell) is { } value)
            return value;
        string where = $"line {line}, column {OwnText.Shown(named ? $"'{column}'" : column)}";
        throw Fault(path, "numbers such as -1.5 or 2e-3", $"in {where}: "
            + (Problem(cell) ?? $"'{OwnText.Shown(cell)}', which is text; columns can be chosen by name or number"));
    }

    private static double? Value(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    // What is meant as a number and is none.
    private static string? Problem(string cell)
    {
        string text = cell.Trim();
        if (text.Length == 0)
            return "an empty cell";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double odd))
            return $"'{OwnText.Shown(text)}', which is {(double.IsNaN(odd) ? "not a number" : "infinite or too large")}";
        if (text.TrimStart('+', '-').ToUpperInvariant() is "INF" or "NA" or "N/A" or "NULL")
            return $"'{OwnText.Shown(text)}', which is not a number";
        return text.Count(',') == 1 && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"'{OwnText.Shown(text)}' has a decimal comma; write {OwnText.Shown(text.Replace(',', '.'))}"
            : null;
    }

    private static DataFileException Fault(string path, string expected, string found) => new(path, expected, found);
}
