using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;

namespace GanNotebooks.Training;

/// <summary>
/// The settings of a run as texts: every axis of a <see cref="TrainingConfig"/> has a path, such as
/// <c>GeneratorOptimizer.LearningRate</c>, and a value, such as <c>0.001</c>. Losses, penalties and optimisers are written by name
/// (<see cref="NamedSetting"/>), and <c>none</c> stands for a setting that is null.
/// </summary>
public static class ConfigSettings
{
    /// <summary>The value of a setting that is null.</summary>
    public const string None = "none";

    /// <summary>Returns all settings. <see cref="Apply"/> makes the same settings of them again.</summary>
    /// <param name="config">The settings. A loss or a penalty of a reader's own is written as the name of its type.</param>
    public static SettingList Of(TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new SettingList(Settable(typeof(TrainingConfig)).SelectMany(p => Leaves(p.Name, p.GetValue(config))));
    }

    /// <summary>Returns the settings with some values changed. The order of the entries does not matter.</summary>
    /// <param name="config">The settings to start from.</param>
    /// <param name="changes">Paths and values. A part that is replaced by name starts from that name's own values.</param>
    /// <exception cref="ArgumentException">A path or a value is wrong. The message names it, and the nearest right one.</exception>
    public static TrainingConfig Apply(TrainingConfig config, SettingList changes)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(changes);
        object result = config;
        foreach (var (path, value) in changes.OrderBy(c => c.Key.Count(letter => letter == '.')))
            result = Set(result, path.Split('.'), 0, value);
        return (TrainingConfig)result;
    }

    /// <summary>
    /// Returns a list of changes with one more. A value by name, such as <c>R1(10)</c>, is written out, and replaces what was set below its
    /// path before. The list holds only what differs, so that the same settings always make the same list.
    /// </summary>
    /// <param name="config">The settings that the changes start from.</param>
    /// <param name="changes">The changes so far.</param>
    /// <param name="path">Path of the setting.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The path or the value is wrong. The message names it, and the nearest right one.</exception>
    public static SettingList With(TrainingConfig config, SettingList changes, string path, string value) =>
        Differences(config, Apply(Apply(config, changes), new SettingList([new(path, value)])));

    /// <summary>The changes that make one config of another. A part with another name is written out.</summary>
    /// <param name="from">The settings that the changes start from.</param>
    /// <param name="to">The settings that they lead to.</param>
    public static SettingList Differences(TrainingConfig from, TrainingConfig to)
    {
        var (before, after) = (Of(from), Of(to));
        return new SettingList(after.Where(setting => Above(setting.Key).Any(path =>
            before.GetValueOrDefault(path) != after.GetValueOrDefault(path))));

        static IEnumerable<string> Above(string path)
        {
            string[] names = path.Split('.');
            return Enumerable.Range(1, names.Length).Select(count => string.Join('.', names[..count]));
        }
    }

    /// <summary>All paths that a run can have, with whatever losses, penalties and optimisers.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. PathsOf(typeof(TrainingConfig), "").Distinct().Order(StringComparer.Ordinal)];

    private static FrozenSet<string> Flags { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "true", "false");

    /// <summary>The name in a list that is nearest to a name, by the number of letters to change, ignoring case.</summary>
    public static string Nearest(string name, IEnumerable<string> names) => names.MinBy(other => Distance(name, other))!;

    private static object Set(object owner, string[] path, int depth, string value)
    {
        string whole = string.Join('.', path);
        var property = Settable(owner.GetType()).FirstOrDefault(p => p.Name.Equals(path[depth], StringComparison.OrdinalIgnoreCase))
            ?? throw Unknown(whole, owner);
        object? part = depth == path.Length - 1
            ? Parse(property.PropertyType, value, whole)
            : Below(property, property.GetValue(owner), path, depth, value);
        try
        {
            object copy = owner.GetType().GetMethod("<Clone>$")!.Invoke(owner, null)!;
            property.SetValue(copy, part);
            return copy;
        }
        catch (TargetInvocationException error) when (error.InnerException is ArgumentException reason)
        {
            throw new ArgumentException($"{whole}: {reason.Message.Split(" (Parameter")[0]}", error);
        }
    }

    private static object Below(PropertyInfo property, object? part, string[] path, int depth, string value)
    {
        string here = string.Join('.', path[..(depth + 1)]), whole = string.Join('.', path);
        if (!IsPart(property.PropertyType))
            throw new ArgumentException($"{here} is one value and has no setting '{string.Join('.', path[(depth + 1)..])}'");
        if (part is null)
        {
            // The only type that the setting can have needs no name.
            var kinds = NamedSetting.For(property.PropertyType).Take(2).ToArray();
            part = kinds is [var only] ? only.Create([.. only.Parameters.Select(p => p.Default)]) : throw new ArgumentException(
                $"{whole}: {here} is {None} here; name it first, such as {here}={kinds[0].Usage}");
        }
        return Set(part, path, depth + 1, value);
    }

    private static ArgumentException Unknown(string path, object owner)
    {
        string nearest = Nearest(path, Paths);
        bool ofAnotherPart = nearest.Equals(path, StringComparison.OrdinalIgnoreCase);
        return new ArgumentException(ofAnotherPart
            ? $"{path} is no setting of {NamedSetting.NameOf(owner) ?? owner.GetType().Name}, which has "
                + $"{string.Join(", ", Settable(owner.GetType()).Select(p => p.Name).DefaultIfEmpty("none"))}"
            : $"no setting is called '{path}'; the nearest is {nearest}");
    }

    private static object? Parse(Type declared, string value, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        string text = value.Trim();
        if (IsPart(type))
            return text.Equals(None, StringComparison.OrdinalIgnoreCase) ? Null(type, path) : Part(type, text, path);
        if (type == typeof(bool) && Flags.Contains(text))
            return bool.Parse(text);
        if (type.IsEnum)
        {
            return Enum.GetNames(type).FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
                ? Enum.Parse(type, name)
                : throw new ArgumentException($"{path}: '{value}' is none of {string.Join(", ", Enum.GetNames(type))}");
        }
        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole))
            return whole;
        if (type == typeof(long) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large))
            return large;
        if (type == typeof(double) && Number(text) is { } number)
            return number;
        string kind = type == typeof(bool) ? "true or false" : type == typeof(double) ? "a number such as 0.001 or 1e-3" : "a whole number";
        throw new ArgumentException($"{path}: '{value}' is not {kind}");
    }

    // A loss and an optimiser there always is.
    private static object? Null(Type type, string path) =>
        Settable(typeof(TrainingConfig)).Any(p => p.PropertyType == type && !IsNullable(p))
            ? throw new ArgumentException($"{path} cannot be {None}; there are {Listed(type)}")
            : null;

    private static object Part(Type type, string text, string path)
    {
        int bracket = text.IndexOf('(', StringComparison.Ordinal);
        string name = bracket < 0 ? text : text[..bracket].TrimEnd();
        if (bracket >= 0 && text[^1] != ')')
            throw new ArgumentException($"{path}: '{text}' has no closing bracket");
        var named = NamedSetting.For(type).FirstOrDefault(n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named is null)
        {
            string nearest = Nearest(name, NamedSetting.For(type).Select(n => n.Name));
            throw new ArgumentException($"{path}: nothing is called '{name}'; the nearest is {nearest}. There are {Listed(type)}");
        }

        string[] arguments = bracket < 0 || text[(bracket + 1)..^1].Trim() == "" ? [] : text[(bracket + 1)..^1].Split(',');
        double[] values = [.. named.Parameters.Select(p => p.Default)];
        for (int i = 0; i < arguments.Length; i++)
        {
            string[] sides = arguments[i].Split('=', 2);
            int place = sides.Length == 1 ? i : named.Parameters.ToList().FindIndex(
                p => p.Name.Equals(sides[0].Trim(), StringComparison.OrdinalIgnoreCase));
            if (place < 0 || place >= values.Length)
                throw new ArgumentException($"{path}: '{arguments[i].Trim()}' does not belong to {named.Usage}");
            values[place] = Number(sides[^1].Trim())
                ?? throw new ArgumentException($"{path}: '{sides[^1].Trim()}' is not a number such as 0.001 or 1e-3");
        }
        return named.Create(values);
    }

    private static string Listed(Type type) => string.Join(", ", NamedSetting.For(type).Select(n => n.Usage));

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    private static IEnumerable<KeyValuePair<string, string>> Leaves(string path, object? value) => value switch
    {
        null => [new(path, None)],
        double number => [new(path, number.ToString("R", CultureInfo.InvariantCulture))],
        _ when !IsPart(value.GetType()) => [new(path, Convert.ToString(value, CultureInfo.InvariantCulture)!)],
        _ => [new(path, NamedSetting.NameOf(value) ?? value.GetType().Name),
            .. Settable(value.GetType()).SelectMany(p => Leaves($"{path}.{p.Name}", p.GetValue(value)))],
    };

    private static IEnumerable<string> PathsOf(Type type, string prefix) =>
        from property in Settable(type)
        let path = prefix + property.Name
        from each in IsPart(property.PropertyType)
            ? NamedSetting.For(property.PropertyType).Select(n => n.Type).Distinct().SelectMany(t => PathsOf(t, path + ".")).Prepend(path)
            : [path]
        select each;

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).OrderBy(p => p.MetadataToken);

    private static bool IsPart(Type type) => type.IsInterface || type.IsClass && type != typeof(string);

    private static bool IsNullable(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    // Levenshtein's distance, row by row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
