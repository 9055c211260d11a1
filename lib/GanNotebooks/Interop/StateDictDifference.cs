using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// The differences between two sets of named tensors, name by name: missing, unexpected, of another shape, of another kind of number. When
/// keys do not fit, this is where to look first: a wrapper's prefix or a list's other numbering shows at once.
/// </summary>
public sealed class StateDictDifference
{
    /// <summary>Compares two state dicts by names, shapes and types.</summary>
    /// <param name="expected">The expected state dict: <c>module.state_dict()</c>.</param>
    /// <param name="found">The state dict that was found, for example in a file. What a <see cref="StateDict"/> has beside its tensors
    /// counts, too.</param>
    public StateDictDifference(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> found)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(found);
        var others = found is StateDict { Others: var given } ? given : new Dictionary<string, string>();
        Missing = [.. expected.Keys.Where(k => !found.ContainsKey(k) && !others.ContainsKey(k)).Select(k => (k, Describe(expected[k])))];
        Unexpected = [.. found.Keys.Where(k => !expected.ContainsKey(k)).Select(k => (k, Describe(found[k]))),
            .. others.Where(o => !expected.ContainsKey(o.Key)).Select(o => (o.Key, o.Value))];
        Unlike = [.. expected.Where(e => found.TryGetValue(e.Key, out var f) && !Fits(e.Value, f))
            .Select(e => (e.Key, Describe(e.Value), Describe(found[e.Key]))),
            .. expected.Where(e => others.ContainsKey(e.Key) && !found.ContainsKey(e.Key))
            .Select(e => (e.Key, Describe(e.Value), others[e.Key]))];
    }

    /// <summary>Expected, not found: names with their types and shapes.</summary>
    public IReadOnlyList<(string Name, string Expected)> Missing { get; }

    /// <summary>Found, not expected: names with their types and shapes.</summary>
    public IReadOnlyList<(string Name, string Found)> Unexpected { get; }

    /// <summary>
    /// In both, with another shape or another kind of number. Float32 for float64 is the same kind: it can be copied, with rounding.
    /// </summary>
    public IReadOnlyList<(string Name, string Expected, string Found)> Unlike { get; }

    /// <summary>Whether there is no difference.</summary>
    public bool IsEmpty => Missing.Count + Unexpected.Count + Unlike.Count == 0;

    /// <summary>One line per difference.</summary>
    public override string ToString()
    {
        if (IsEmpty)
            return "no difference";
        var missing = Missing.Select(m => $"- {m.Name}: missing, {m.Expected} expected");
        var unexpected = Unexpected.Select(u => $"+ {u.Name}: unexpected, {u.Found} found");
        var unlike = Unlike.Select(u => $"! {u.Name}: {u.Expected} expected, {u.Found} found");
        return string.Join(Environment.NewLine, missing.Concat(unexpected).Concat(unlike));
    }

    private static bool Fits(Tensor expected, Tensor found) =>
        expected.shape.SequenceEqual(found.shape) && KindOf(expected) == KindOf(found);

    private static string Describe(Tensor tensor) =>
        $"{ElementType.Of(tensor.dtype)?.Torch ?? tensor.dtype.ToString()} {Shape.Text(tensor.shape)}";

    private static string KindOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Bool => "bool",
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 => "whole",
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => "complex",
        _ => tensor.is_floating_point() ? "real" : tensor.dtype.ToString(),
    };
}
