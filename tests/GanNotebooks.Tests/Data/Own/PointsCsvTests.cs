using System.Text;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data.Own;

public sealed class PointsCsvTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1,2\n3,4\n", "1 2")]
    [InlineData("x,y\n1,2\n3,4\n", "x y")]
    [InlineData("x;y\r\n1;2\r\n3;4", "x y")]
    [InlineData("\n\nx\ty\n1\t2\n\n3\t4\n\n", "x y")]
    [InlineData("\"x\",\"y\"\n\"1\",\"2\"\n3,4\n", "x y")]
    [InlineData(" x , y \n 1 , 2 \n 3 , 4 \n", "x y")]
    [InlineData("x,y\n1e0,+2\n3.,.4e1\n", "x y")]
    public void Load_EveryForm_GivesTheSamePoints(string text, string columns)
    {
        using var points = new PointsCsv(Write(text));
        Assert.Equal(columns, string.Join(' ', points.Columns));
        Assert.Equal([2], points.SampleShape);
        Assert.Equal([1f, 2, 3, 4], Values(points));
        Assert.StartsWith("points.csv: 2 points of 2, digest ", points.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no line with text in it")]
    [InlineData("\n \n", "an empty cell")]
    [InlineData("x,y\n", "names only")]
    [InlineData("x,y\n1,\n", "line 2, column 'y': an empty cell")]
    [InlineData("x,y\n1,2\n3,NaN\n", "line 3, column 'y': 'NaN', which is not a number")]
    [InlineData("x,y\n1,2\n3,inf\n", "line 3, column 'y': 'inf', which is not a number")]
    [InlineData("x,y\n1,2\n-Infinity,3\n", "line 3, column 'x': '-Infinity', which is infinite or too large")]
    [InlineData("x,y\n1,1e999\n", "'1e999', which is infinite or too large")]
    [InlineData("x,y\n1,N/A\n", "'N/A', which is not a number")]
    [InlineData("x;y\n1,5;2\n", "line 2, column 'x': '1,5' has a decimal comma; write 1.5")]
    [InlineData("1,5;2,5\n", "line 1, column 1: '1,5' has a decimal comma; write 1.5")]
    [InlineData("x,y\n1,5,2,5\n", "decimal commas are not read, write 1.5")]
    [InlineData("x,y\n1,2\n3\n", "expected 2 cells in every line; found 1 in line 3")]
    [InlineData("x,y\n1,abc\n", "column 'y': 'abc', which is text")]
    [InlineData("name,1\n2,3\n", "both in line 1; say whether it is a header")]
    [InlineData("x,y\n1,\"2\n", "a quotation mark that is not closed")]
    [InlineData("1,000\n2,000\n1,0,0\n", "3 in line 3")]
    [InlineData("1,1e60\n", "1E+60 in row 1, column '2'")]
    public void Load_WrongCell_IsNamedByLineAndColumn(string text, string message)
    {
        var error = Assert.Throws<DataFileException>(() => new PointsCsv(Write(text)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_ChosenColumns_AreTakenInTheirOrder()
    {
        string file = Write("name,x,y,z\nann,1,2,3\nbob,4,5,6\n");
        using (var points = new PointsCsv(file, new() { Columns = ["z", "2"] }))
        {
            Assert.Equal(["z", "x"], points.Columns);
            Assert.Equal([3f, 1, 6, 4], Values(points));
        }

        Assert.Equal(3, PointsCsv.Dimension(file, new() { Columns = ["x", "y", "z"] }));
        Assert.Contains("columns can be chosen", Assert.Throws<DataFileException>(() => new PointsCsv(file)).Message,
            StringComparison.Ordinal);
        foreach (string column in (string[])["w", "0", "5", "-1"])
        {
            Assert.Contains("4 columns: name, x, y, z", Assert.Throws<DataFileException>(
                () => new PointsCsv(file, new() { Columns = [column] })).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_StatedHeader_DecidesWhatTheFirstLineIs()
    {
        string file = Write("2019,2020\n1,2\n");
        using var rows = new PointsCsv(file);
        using var names = new PointsCsv(file, new() { Header = true });
        Assert.Equal((2, 1), ((int)rows.SampleCount!, (int)names.SampleCount!));
        Assert.Equal(["2019", "2020"], names.Columns);
        Assert.Throws<DataFileException>(() => new PointsCsv(Write("x,y\n1,2\n"), new() { Header = false }));
    }

    [Theory]
    [InlineData(CsvSeparator.Semicolon, "a,b;c\n1;2\n")]
    [InlineData(CsvSeparator.Comma, "a;b,c\n1,2\n")]
    [InlineData(CsvSeparator.Tab, "a;b\tc\n1\t2\n")]
    public void Load_StatedSeparator_IsTaken(CsvSeparator separator, string text)
    {
        using var points = new PointsCsv(Write(text), new() { Separator = separator });
        Assert.Equal([1f, 2], Values(points));
    }

    // Means 3 and 1e9, deviations √(8/3) and 1e3·√(2/3), from the definition.
    [Fact]
    public void Standardise_Columns_HaveMeanZeroAndVarianceOneAndComeBack()
    {
        using var points = new PointsCsv(Write("1,999999000\n3,1000000000\n5,1000001000\n"), new() { Standardise = true });
        Assert.Equal([3, 1e9], points.Standardisation.Mean);
        Assert.Equal(Math.Sqrt(8 / 3.0), points.Standardisation.Deviation[0], 1e-12);
        Assert.Equal(1e3 * Math.Sqrt(2 / 3.0), points.Standardisation.Deviation[1], 1e-9);
        using var all = points.All();
        double unit = Math.Sqrt(1.5);
        Assert.Equal([-unit, -unit, 0, 0, unit, unit], Values(points).Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
        using var back = points.Standardisation.Restore(all);
        Assert.Equal([1, 999999000, 3, 1e9, 5, 1000001000], back.data<double>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-6 * Math.Abs(b));
        Assert.Contains(", standardised, digest", points.Name, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => points.Standardisation.Restore(zeros(2, 3)));
    }

    [Theory]
    [InlineData("1,5\n2,5\n", "a column '2' with the standard deviation 0")]
    [InlineData("1,1\n", "a column '1' with the standard deviation 0")]
    public void Standardise_ConstantColumn_IsNamed(string text, string message) => Assert.Contains(message,
        Assert.Throws<DataFileException>(() => new PointsCsv(Write(text), new() { Standardise = true })).Message, StringComparison.Ordinal);

    // Numbers near the end of double: sums of two of them have none.
    [Fact]
    public void Standardise_HugeNumbers_AreFinite()
    {
        using var points = new PointsCsv(Write("1e308\n-1e308\n1e308\n-1e308\n"), new() { Standardise = true });
        Assert.Equal([1f, -1, 1, -1], Values(points));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Load_AnyDimension_IsThatOfTheFile(int d)
    {
        string file = Write(string.Concat(Enumerable.Range(0, 3).Select(n => string.Join(',', Enumerable.Range(n, d)) + "\n")));
        using var points = new PointsCsv(file);
        Assert.Equal([d], points.SampleShape);
        Assert.Equal(d, PointsCsv.Dimension(file));
    }

    [Fact]
    public void Load_HostileFiles_AreOneLineEach()
    {
        foreach (string text in (string[])[new string('a', 100_000), "\0\0\0,\0", "x,y\n1," + new string('9', 20_000),
            string.Join(',', Enumerable.Range(0, 10_000)), "\u001b[31mx,y\n1,\u001b[31mred\n", "\"\"\"\"\"\n", "x,x\n1,\"a\nb\"\n"])
        {
            var error = Assert.Throws<DataFileException>(() => new PointsCsv(Write(text)));
            Assert.DoesNotContain('\n', error.Message);
            Assert.DoesNotContain('\u001b', error.Message);
            Assert.InRange(error.Message.Length, 20, 1000);
        }

        Assert.Contains("a directory", Assert.Throws<DataFileException>(() => new PointsCsv(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<DataFileException>(
            () => new PointsCsv(Path.Combine(folder.Path, "none.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WindowsText_IsReadWithItsMark()
    {
        string file = Path.Combine(folder.Path, "points.csv");
        File.WriteAllText(file, "x;y\r\n1;2\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        using var eight = new PointsCsv(file);
        File.WriteAllText(file, "x;y\r\n1;2\r\n", Encoding.Unicode);
        using var sixteen = new PointsCsv(file);
        Assert.Equal(["x", "y"], eight.Columns);
        Assert.Equal(eight.Name, sixteen.Name);
    }

    [Fact]
    public void Load_ChangedNumber_ChangesTheName()
    {
        using var one = new PointsCsv(Write("1,2\n3,4\n"));
        using var two = new PointsCsv(Write("1,2\n3,5\n"));
        Assert.NotEqual(one.Name, two.Name);
    }

    private string Write(string text)
    {
        string path = Path.Combine(folder.Path, "points.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private static float[] Values(PointsCsv points)
    {
        using var all = points.All();
        return all.data<float>().ToArray();
    }
}
