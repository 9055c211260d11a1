using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Writes settings as JSON: every public property, numbers to the last digit, and the type of properties with an interface type. A tensor
/// is written as a digest of its values. Anything else without settings of its own, such as a function, is written as its type's name.
/// </summary>
internal static class ConfigText
{
    /// <summary>JSON options for files that people read: indented, with characters such as β unescaped.</summary>
    public static JsonSerializerOptions Readable { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int Deepest = 8;

    /// <summary>The settings as JSON.</summary>
    public static string Of(object config) => Node(config, config.GetType(), 0)!.ToJsonString(Readable);

    /// <summary>
    /// Lists the settings in which a saved run differs from these, such as "Loss.RealLabel: 0.9 in the checkpoint, 1 here". A setting that
    /// the saved text lacks was added after the run; the current default is assumed for it.
    /// </summary>
    /// <exception cref="JsonException">The saved text is not JSON.</exception>
    /// <exception cref="ArgumentException">The saved text holds a name twice.</exception>
    /// <param name="saved">The settings of the saved run, as JSON.</param>
    /// <param name="here">The settings to compare with.</param>
    /// <param name="usual">Settings of the same type with their default values.</param>
    public static IEnumerable<string> Differences(string saved, object here, object usual) =>
        Changes(saved, here, usual).Select(c => c.ToString());

    /// <summary>The same as <see cref="Differences"/>, in parts.</summary>
    public static IEnumerable<SettingChange> Changes(string saved, object here, object usual)
    {
        var defaults = Leaves(Of(usual));
        foreach (var (key, value) in Leaves(Node(Default(here), here.GetType(), 0), ""))
            defaults[key] = value;
        var (a, b) = (Leaves(saved), Leaves(Of(here)));
        foreach (string key in defaults.Keys.Where(k => b.ContainsKey(k) && !a.ContainsKey(k)))
            a[key] = defaults[key];
        return a.Keys.Union(b.Keys).Where(k => a.GetValueOrDefault(k) != b.GetValueOrDefault(k))
            .Select(k => new SettingChange(k, a.GetValueOrDefault(k, "nothing"), b.GetValueOrDefault(k, "nothing")));
    }

    /// <summary>The leaves of a JSON text by their paths, such as <c>Loss.RealLabel</c>; values as JSON.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="ArgumentException">The text holds a name twice.</exception>
    public static Dictionary<string, string> Leaves(string text) => Leaves(JsonNode.Parse(text), "").ToDictionary();

    // The objects in the settings as they would be without their optional arguments: values of settings that came after the checkpoint.
    private static Dictionary<string, object?> Default(object settings)
    {
        var result = new Dictionary<string, object?>();
        foreach (var property in Readables(settings.GetType()))
        {
            if (Value(property, settings) is { } value && IsRecordLike(value.GetType()) && WithDefaults(value) is { } plain)
                result[property.Name] = plain;
        }
        return result;
    }

    // null for a type that cannot be made from its own properties.
    private static object? WithDefaults(object value)
    {
        var properties = Readables(value.GetType()).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var constructor = value.GetType().GetConstructors().OrderByDescending(c => c.GetParameters().Length)
            .FirstOrDefault(c => c.GetParameters().All(p => p.IsOptional || p.Name is { } name && properties.ContainsKey(name)));
        try
        {
            return constructor?.Invoke(
                [.. constructor.GetParameters().Select(p => p.IsOptional ? p.DefaultValue : Value(properties[p.Name!], value))]);
        }
        catch (Exception e) when (e is TargetInvocationException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonNode? Node(object? value, Type declared, int depth) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) =>
            string.Create(CultureInfo.InvariantCulture, $"{value:R}"),
        double or float => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"{value:R}").ToLowerInvariant()),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal =>
            JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"{value}")),
        Enum name => name.ToString(),
        Tensor tensor => Digest(tensor),
        IDictionary<string, object?> named => new JsonObject(
            named.Select(p => KeyValuePair.Create(p.Key, Node(p.Value, typeof(object), depth + 1)))),
        _ when depth >= Deepest || !IsRecordLike(value.GetType()) => value.GetType().Name,
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => Node(item, typeof(object), depth + 1))]),
        _ => Properties(value, declared, depth),
    };

    private static JsonObject Properties(object value, Type declared, int depth)
    {
        var result = new JsonObject();
        if (declared != value.GetType())
            result["type"] = value.GetType().Name;
        foreach (var property in Readables(value.GetType()))
            result[property.Name] = Node(Value(property, value), property.PropertyType, depth + 1);
        return result;
    }

    // A reader's property may compute, and fail. Settings are still told apart by all others.
    private static object? Value(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException)
        {
            return property.PropertyType.Name;
        }
    }

    private static IEnumerable<PropertyInfo> Readables(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike && !p.PropertyType.IsPointer
                && !p.PropertyType.IsByRef)
            .OrderBy(p => p.MetadataToken);

    // Networks, functions, streams and other machinery have no settings to compare. Their type's name stands for them.
    private static bool IsRecordLike(Type type) =>
        typeof(IEnumerable).IsAssignableFrom(type) ? !typeof(nn.Module).IsAssignableFrom(type)
        : !typeof(Delegate).IsAssignableFrom(type) && !typeof(MemberInfo).IsAssignableFrom(type)
        && !typeof(nn.Module).IsAssignableFrom(type)
        && type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) != true
        && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;

    // Two runs whose tensors differ are told apart, and the text stays short.
    private static string Digest(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().contiguous();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        CheckpointBlock.Of("", values).Write(hash.AppendData);
        return $"Tensor {Shape.Text(tensor.shape)} {tensor.dtype} {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Key : $"{path}.{p.Key}")),
        _ => [new(path, node?.ToJsonString(Readable) ?? "null")],
    };
}

/// <summary>A setting that a saved run has and the settings at hand have otherwise.</summary>
/// <param name="Key">Path of the setting, such as <c>Loss.RealLabel</c>.</param>
/// <param name="Saved">Its value in the saved run, as JSON.</param>
/// <param name="Here">Its value here, as JSON.</param>
internal sealed record SettingChange(string Key, string Saved, string Here)
{
    public override string ToString() => $"{Key}: {Saved} in the checkpoint, {Here} here";
}
