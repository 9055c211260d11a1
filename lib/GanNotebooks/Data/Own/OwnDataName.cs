using System.Globalization;

namespace GanNotebooks.Data;

/// <summary>
/// A reader's own data in one text without blanks that a shell would take apart: <c>folder:photos,side=32,channels=3</c> or
/// <c>csv:points.csv,columns=x+y</c>. Settings follow the path, separated by commas; the path may hold commas too.
/// </summary>
/// <param name="Kind">Folder of images, or CSV file.</param>
/// <param name="Path">Full path.</param>
/// <param name="Settings">The settings that the text gives or that are usual, by name.</param>
public sealed record OwnDataName(OwnDataKind Kind, string Path, IReadOnlyDictionary<string, string> Settings)
{
    private const string Yes = "yes", No = "no", Skip = "skip", Stop = "stop", Black = "black", White = "white";
    private const char Separator = ',', Plus = '+';

    // Name, usual value, and the values that it may have; none for what is checked apart.
    private static readonly (string Name, string Usual, string[] Values)[] OfFolders =
    [
        ("side", "32", []), ("channels", "3", ["1", "3"]), ("background", White, [White, Black]), ("broken", Stop, [Stop, Skip]),
    ],
    OfTables =
    [
        ("columns", "", []), ("separator", "detected", ["detected", "comma", "semicolon", "tab"]), ("header", "detected",
            ["detected", Yes, No]), ("standardise", Yes, [Yes, No]),
    ];

    /// <summary>Side of the squares; 0 for a table.</summary>
    public int Side => Kind == OwnDataKind.Folder ? Whole("side") : 0;

    /// <summary>1 or 3; 0 for a table.</summary>
    public int Channels => Kind == OwnDataKind.Folder ? Whole("channels") : 0;

    /// <summary>Settings of a folder.</summary>
    public ImageFolderOptions FolderOptions => new()
    {
        Background = Settings["background"] == Black ? byte.MinValue : byte.MaxValue, SkipBroken = Settings["broken"] == Skip,
    };

    /// <summary>Settings of a table.</summary>
    public PointsCsvOptions TableOptions => new()
    {
        Columns = Settings["columns"].Split(Plus, StringSplitOptions.RemoveEmptyEntries),
        Separator = Enum.Parse<CsvSeparator>(Settings["separator"], ignoreCase: true),
        Header = Settings["header"] switch { Yes => true, No => false, _ => null },
        Standardise = Settings["standardise"] == Yes,
    };

    /// <summary>Name of the folder or file for readers.</summary>
    public string Title => OwnText.Shown(System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path)));

    /// <summary>The whole text with the full path and every setting that is not the usual one. It says the same from any
    /// folder.</summary>
    public string Text => $"{Prefix(Kind)}{Path}" + string.Concat(Allowed(Kind)
        .Where(s => Settings[s.Name] != s.Usual || s.Name is "side" or "channels").Select(s => $"{Separator}{s.Name}={Settings[s.Name]}"));

    /// <summary>Whether a text is meant as a name of own data: it begins with <c>folder:</c> or <c>csv:</c>.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Enum.GetValues<OwnDataKind>().Any(kind => text.StartsWith(Prefix(kind), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads a text. Nothing on the disk is looked at.</summary>
    /// <param name="text">The text; a relative path is below the working directory.</param>
    /// <exception cref="ArgumentException">The text is none of these, or a setting is unknown or impossible; the message names
    /// it.</exception>
    public static OwnDataName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kind = text.StartsWith(Prefix(OwnDataKind.Folder), StringComparison.OrdinalIgnoreCase) ? OwnDataKind.Folder
            : IsOne(text) ? OwnDataKind.Csv
            : throw new ArgumentException($"'{OwnText.Shown(text)}' is neither folder:DIR nor csv:FILE", nameof(text));
        var settings = Allowed(kind).ToDictionary(s => s.Name, s => s.Usual);
        string path = text[Prefix(kind).Length..];
        while (path.LastIndexOf(Separator) is >= 0 and var comma && path[(comma + 1)..].Split('=') is [var name, var value]
            && name.Length > 0 && name.All(char.IsAsciiLetter))
        {
            settings[Known(kind, name)] = Possible(kind, name, value);
            path = path[..comma];
        }

        if (string.IsNullOrWhiteSpace(path) || path.Any(char.IsControl))
        {
            throw new ArgumentException($"'{OwnText.Shown(text)}' names no {(kind == OwnDataKind.Folder ? "folder" : "file")}",
                nameof(text));
        }
        return new OwnDataName(kind, System.IO.Path.GetFullPath(path), settings);
    }

    private int Whole(string name) => int.Parse(Settings[name], CultureInfo.InvariantCulture);

    private static string Prefix(OwnDataKind kind) => kind switch
    {
        OwnDataKind.Folder => "folder:",
        OwnDataKind.Csv => "csv:",
        _ => throw new ArgumentException($"unknown kind of data: {kind}", nameof(kind)),
    };

    private static (string Name, string Usual, string[] Values)[] Allowed(OwnDataKind kind) =>
        kind == OwnDataKind.Folder ? OfFolders : OfTables;

    private static string Known(OwnDataKind kind, string name) => Allowed(kind).Any(s => s.Name == name)
        ? name
        : throw new ArgumentException(
            $"{Prefix(kind)} has no setting '{OwnText.Shown(name)}'; there are {string.Join(", ", Allowed(kind).Select(s => s.Name))}");

    private static string Possible(OwnDataKind kind, string name, string value)
    {
        string[] values = Allowed(kind).First(s => s.Name == name).Values;
        bool sound = values.Length > 0 ? values.Contains(value)
            : name != "side" || int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int side)
                && side is >= 1 and <= ImageFolder.MostSide;
        return sound
            ? value
            : throw new ArgumentException($"{name}={OwnText.Shown(value)} must be "
                + (values.Length > 0 ? string.Join(" or ", values) : $"a whole number from 1 to {ImageFolder.MostSide}"));
    }
}

/// <summary>The kinds of a reader's own data.</summary>
public enum OwnDataKind
{
    /// <summary>An <see cref="ImageFolder"/>.</summary>
    Folder,

    /// <summary>A <see cref="PointsCsv"/>.</summary>
    Csv,
}
