using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Theory;

namespace GanNotebooks.Live;

/// <summary>The kind of samples of a <see cref="LiveTarget"/>.</summary>
internal enum LiveKind
{
    /// <summary>Numbers.</summary>
    Line,

    /// <summary>Points of the plane.</summary>
    Plane,

    /// <summary>Grey images of 28 x 28 pixels.</summary>
    Images,
}

/// <summary>A data set of the page.</summary>
/// <param name="Name">Name in states and messages.</param>
/// <param name="Title">Name for readers.</param>
/// <param name="Kind">Kind of its samples.</param>
/// <param name="Box">What the page shows: xmin, xmax, ymin, ymax.</param>
/// <param name="Create">Function that makes the source for a seed.</param>
/// <param name="Code">The source in C#, with <c>{0}</c> for the seed.</param>
internal sealed record LiveTarget(
    string Name, string Title, LiveKind Kind, IReadOnlyList<double> Box, Func<int, IBatchSource> Create, string Code)
{
    /// <summary>Most points of a drawing.</summary>
    public const int MaxPoints = 400;

    private const string Drawing = "drawing:";
    private const double Reach = 3;

    private readonly Lazy<IReadOnlyList<GaussianMode>?> modes = new(() =>
    {
        if (Kind == LiveKind.Images)
            return null;
        using var source = Create(0);
        return (source as GaussianModesData)?.Modes;
    });

    private static readonly double[] Square = [-Reach, Reach, -Reach, Reach], Wide = [-5, 5, -5, 5], None = [0, 1, 0, 1];

    private static readonly IReadOnlyList<(double, double, double)> Two = [(0.5, -1.5, 0.4), (0.5, 1.5, 0.4)],
        Three = [(0.5, -2.0, 0.3), (0.3, 0.5, 0.5), (0.2, 2.5, 0.2)], One = [(1.0, 1.0, 0.6)];

    /// <summary>All data sets except drawings.</summary>
    public static IReadOnlyList<LiveTarget> All { get; } =
    [
        OnLine("bell", "one bell on the line", One),
        OnLine("two-bells", "two bells on the line", Two) with { HasSeparateModes = true },
        OnLine("three-bells", "three unequal bells on the line", Three) with { HasSeparateModes = true },
        new("line", "line", LiveKind.Plane, Square, seed => PointMixtureData.Line(seed), "PointMixtureData.Line({0})"),
        new("blobs", "two blobs", LiveKind.Plane, Square,
            seed => PointMixtureData.At([(-1.2, -0.6), (1.2, 0.6)], seed, "two blobs"),
            "PointMixtureData.At([(-1.2, -0.6), (1.2, 0.6)], {0}, \"two blobs\")") { HasSeparateModes = true },
        new("ring", "ring of eight", LiveKind.Plane, Square, seed => new RingData(8, 2, 0.05, seed), "new RingData(8, 2, 0.05, {0})")
        {
            HasSeparateModes = true,
        },
        new("grid", "grid of 25", LiveKind.Plane, Wide, seed => new GridData(seed: seed), "new GridData(seed: {0})")
        {
            HasSeparateModes = true,
        },
        new("moons", "two moons", LiveKind.Plane, Square, seed => PointMixtureData.Moons(seed), "PointMixtureData.Moons({0})"),
        new("spiral", "spiral", LiveKind.Plane, Square, seed => PointMixtureData.Spiral(seed), "PointMixtureData.Spiral({0})"),
        new("digits", "handwritten digits (MNIST)", LiveKind.Images, None, seed => new ShuffledBatches(Mnist.Train(), seed),
            "new ShuffledBatches(Mnist.Train(), {0})"),
    ];

    /// <summary>Number of coordinates of a sample; 0 for images.</summary>
    public int Dimension => Kind switch { LiveKind.Line => 1, LiveKind.Plane => 2, _ => 0 };

    /// <summary>The modes of the law of the data; null where it is not known in closed form.</summary>
    public IReadOnlyList<GaussianMode>? Modes => KnownModes ?? modes.Value;

    /// <summary>The modes of a source that does not tell them.</summary>
    public IReadOnlyList<GaussianMode>? KnownModes { get; init; }

    /// <summary>Whether the number of modes means something: a curve is many modes that touch.</summary>
    public bool HasSeparateModes { get; init; }

    /// <summary>Finds a data set, or reads a drawing.</summary>
    /// <exception cref="ArgumentException">Nothing has this name, or the drawing is wrong.</exception>
    public static LiveTarget Named(string name, IReadOnlyList<LiveTarget>? others = null)
    {
        if (name.StartsWith(Drawing, StringComparison.Ordinal))
            return Drawn(name);
        return All.Concat(others ?? []).FirstOrDefault(t => t.Name == name)
            ?? throw new ArgumentException($"no data are called '{OneLine(name)}'; there are {string.Join(", ", All.Select(t => t.Name))}");
    }

    /// <summary>The reader's own points, from a CSV file with two columns.</summary>
    /// <exception cref="DataFileException">The file cannot be read, or its points are not of the plane.</exception>
    public static LiveTarget OfTable(OwnDataName own)
    {
        using var points = new PointsCsv(own.Path, own.TableOptions);
        if (points.SampleShape is not [2])
            throw new DataFileException(own.Path, "two columns of numbers, points of the plane", $"{points.SampleShape[0]}");
        using var all = points.All();
        float[] values = all.data<float>().ToArray();
        var (x, y) = (values.Where((_, i) => i % 2 == 0).ToArray(), values.Where((_, i) => i % 2 == 1).ToArray());
        double width = Math.Max(Math.Max(x.Max() - x.Min(), y.Max() - y.Min()), 1e-6) * 1.3;
        double cx = (x.Max() + x.Min()) / 2, cy = (y.Max() + y.Min()) / 2;
        return new LiveTarget(own.Text, own.Title, LiveKind.Plane, [cx - width / 2, cx + width / 2, cy - width / 2, cy + width / 2],
            seed => new PointsCsv(own.Path, own.TableOptions, seed),
            $"new PointsCsv({Quoted(own.Path)}, OwnDataName.Parse({Quoted(own.Text)}).TableOptions, {{0}})");
    }

    /// <inheritdoc/>
    public bool Equals(LiveTarget? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private static LiveTarget Drawn(string name)
    {
        var points = new List<(double X, double Y)>();
        foreach (string part in name[Drawing.Length..].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] numbers = part.Split(',');
            if (points.Count == MaxPoints || numbers.Length != 2 || Coordinate(numbers[0]) is not { } x
                || Coordinate(numbers[1]) is not { } y)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"a drawing has 2 to {MaxPoints} points x,y with coordinates from {-Reach} to {Reach}; ")
                    + $"'{OneLine(part)}' is none of them");
            }

            points.Add((x, y));
        }

        if (points.Count < 2)
            throw new ArgumentException($"a drawing has 2 to {MaxPoints} points");
        string list = string.Join(", ", points.Select(p => FormattableString.Invariant($"({p.X:R}, {p.Y:R})")));
        return new LiveTarget(name, $"your drawing of {points.Count} points", LiveKind.Plane, Square,
            seed => PointMixtureData.At(points, seed), $"PointMixtureData.At([{list}], {{0}})");
    }

    private static LiveTarget OnLine(string name, string title, IReadOnlyList<(double Weight, double Mean, double Std)> components)
    {
        var law = Law(components);
        double peak = Enumerable.Range(0, 801).Max(i => law.Pdf(-4 + i / 100.0));
        string list = string.Join(", ", components.Select(c => FormattableString.Invariant($"({c.Weight:R}, {c.Mean:R}, {c.Std:R})")));
        return new LiveTarget(name, title, LiveKind.Line, [-4, 4, 0, peak], seed => new MixtureData1D(components, seed),
            $"new MixtureData1D([{list}], {{0}})");
    }

    private static Mixture Law(IReadOnlyList<(double Weight, double Mean, double Std)> components) =>
        new([.. components.Select(c => (c.Weight, (Density)new Gaussian(c.Mean, c.Std)))]);

    private static double? Coordinate(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) <= Reach
            ? number
            : null;

    private static string Quoted(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string OneLine(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
