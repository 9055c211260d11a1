using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>A Python dictionary, plain or a <c>collections.OrderedDict</c>, with texts and whole numbers as keys, in order.</summary>
/// <param name="isOrderedDict">Whether it is an OrderedDict or a plain dict.</param>
internal sealed class PickleDictionary(bool isOrderedDict)
{
    private readonly OrderedDictionary<object, object?> items = new(KeyComparer.Instance);
    private readonly List<(string Key, object? Value)> foreign = [];

    public bool IsOrderedDict => isOrderedDict;

    public int Count => items.Count + foreign.Count;

    /// <summary>What has a text or a whole number for a key.</summary>
    public IEnumerable<KeyValuePair<object, object?>> Items => items;

    /// <summary>What has another key (a number with a point, a tuple, None, ...), with the key in words.</summary>
    public IReadOnlyList<(string Key, object? Value)> Foreign => foreign;

    /// <summary>False when the key is there already.</summary>
    public bool TryAdd(object key, object? value) => items.TryAdd(key, value);

    /// <summary>Takes note of an item that no name leads to.</summary>
    public void AddForeign(object? key, object? value) => foreign.Add((PickleText.Describe(key), value));

    public bool TryGetValue(object key, out object? value) => items.TryGetValue(key, out value);

    /// <summary>The keys for a message.</summary>
    public string Keys => string.Join(", ",
        items.Keys.Select(k => k is string name ? Quoted.Name(name) : k.ToString()).Concat(foreign.Select(f => f.Key)).Take(12))
        + (Count > 12 ? ", ..." : "");

    /// <summary>
    /// .NET's hash of a number folds its halves into one: a file could choose thousands with one hash. HashCode.Combine is seeded per
    /// process, but only for what it is given, so it is given both halves. The hash of a text is seeded by .NET.
    /// </summary>
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static KeyComparer Instance { get; } = new();

        public new bool Equals(object? x, object? y) => object.Equals(x, y);

        public int GetHashCode(object key) =>
            key is long number ? HashCode.Combine((int)number, (int)(number >> 32)) : key.GetHashCode();
    }
}

/// <summary>A name that a pickle imports. Only those of <see cref="PickleGlobals"/> ever become one.</summary>
/// <param name="Module">The Python module.</param>
/// <param name="Name">The name in that module.</param>
internal sealed record PickleGlobal(string Module, string Name);

/// <summary>
/// An object that a state dict does not consist of: a name, or what calling it would give, kept as its description. Nothing of it is
/// executed, and it matters only to those who ask for it.
/// </summary>
/// <param name="What">What it is, in words.</param>
internal sealed record PickleOpaque(string What);

/// <summary>A Python tuple.</summary>
/// <param name="items">The items of the tuple.</param>
internal sealed class PickleTuple(params object?[] items)
{
    public static PickleTuple Empty { get; } = new();

    public object?[] Items => items;
}

/// <summary>The place of tensor data in a checkpoint; several tensors may share it.</summary>
/// <param name="Element">The element type.</param>
/// <param name="Key">The entry is <c>data/Key</c>.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record StorageReference(ElementType Element, string Key, long Count);

/// <summary>A tensor as a pickle describes it: a view of a storage, checked to stay inside.</summary>
/// <param name="Storage">The numbers.</param>
/// <param name="Offset">The place of the first element.</param>
/// <param name="Size">The dimensions of the tensor.</param>
/// <param name="Stride">Steps per dimension, in numbers.</param>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Size, long[] Stride)
{
    private const int MaxRank = 64; // torch's own limit

    /// <summary>Why this is no possible view; null when it is one.</summary>
    public string? Fault()
    {
        if (Size.Length != Stride.Length || Size.Length > MaxRank)
            return $"has {Size.Length} dimensions and {Stride.Length} strides";
        if (TensorShape.Elements(Size) is not { } count)
            return $"has the impossible shape {Shape.Text(Size)}";
        if (Offset < 0 || Stride.Any(s => s < 0))
            return "has a negative offset or stride";
        if (count == 0)
            return null;
        var last = (Int128)Offset;
        for (int i = 0; i < Size.Length; i++)
            last += (Int128)(Size[i] - 1) * Stride[i];
        return last < Storage.Count
            ? null
            : $"with shape {Shape.Text(Size)}, strides {Shape.Text(Stride)} and offset {Offset} reaches beyond its {Storage.Count} "
                + "numbers";
    }
}
