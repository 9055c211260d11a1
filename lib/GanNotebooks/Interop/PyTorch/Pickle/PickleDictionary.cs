namespace GanNotebooks.Interop;

/// <summary>A Python dictionary, plain or a <c>collections.OrderedDict</c>, with texts and whole numbers as keys, in order.</summary>
/// <param name="isOrderedDict">Which of the two.</param>
internal sealed class PickleDictionary(bool isOrderedDict)
{
    private readonly OrderedDictionary<object, object?> items = new(KeyComparer.Instance);

    public bool IsOrderedDict => isOrderedDict;

    public int Count => items.Count;

    public IEnumerable<KeyValuePair<object, object?>> Items => items;

    /// <summary>False when the key is there already.</summary>
    public bool TryAdd(object key, object? value) => items.TryAdd(key, value);

    public bool TryGetValue(object key, out object? value) => items.TryGetValue(key, out value);

    /// <summary>The keys for a message.</summary>
    public string Keys => string.Join(", ", items.Keys.Take(12).Select(k => k is string name ? Quoted.Name(name) : k.ToString())) + (items.Count > 12 ? ", ..." : "");

    /// <summary>.NET's hash of a number is the number: a file could choose thousands with one hash. This one is seeded per process.</summary>
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static KeyComparer Instance { get; } = new();

        public new bool Equals(object? x, object? y) => object.Equals(x, y);

        public int GetHashCode(object key) => HashCode.Combine(key);
    }
}
