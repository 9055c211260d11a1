using System.Globalization;

namespace GanNotebooks.Interop;

/// <summary>The part of a checkpoint that somebody asked for, and what to say when it is something else.</summary>
internal static class PicklePart
{
    /// <summary>Follows keys from outside to inside: texts, whole numbers, places in lists and tuples.</summary>
    /// <exception cref="InteropException">A key leads nowhere; the message lists those that are there.</exception>
    public static object? Find(object? root, string[] part, string file)
    {
        ArgumentNullException.ThrowIfNull(part);
        object? found = root;
        foreach (string key in part)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (!TryFind(found, key, out object? inner))
                throw new InteropException(file, $"there is no part {Quoted.Name(key)} {Among(found)}");
            found = inner;
        }
        return found;
    }

    /// <summary>The part in words.</summary>
    public static string Name(string[] part) => part.Length == 0 ? "the content of the file" : string.Join(" / ", part.Select(Quoted.Name));

    /// <summary>What was found in place of what was wanted, and how to go on.</summary>
    public static string Advice(object? found) => found switch
    {
        PickleDictionary dictionary => $"it is {PickleText.Describe(found)} with the keys {dictionary.Keys}: say which part is meant",
        List<object?> { Count: > 0 } or PickleTuple { Items.Length: > 0 } =>
            $"it is {PickleText.Describe(found)}: say which element is meant, \"0\" for the first",
        TensorReference => "it is a tensor: PyTorchCheckpoint.ReadTensor reads it",
        PickleOpaque { What: var what } when what.StartsWith("\"__main__.", StringComparison.Ordinal)
            || what.StartsWith("\"torch.nn.", StringComparison.Ordinal) =>
            $"it is {PickleText.Refusal(found)}. This looks like a whole module: in Python, save its state_dict() instead",
        PickleOpaque => $"it is {PickleText.Refusal(found)}. {PickleText.Remedy}",
        _ => $"it is {PickleText.Describe(found)}",
    };

    /// <summary>Refuses a dictionary that is none of tensors, or whose parts are.</summary>
    /// <exception cref="InteropException">The message names an entry, and the keys among which the state dict may be.</exception>
    public static void ExpectTensors(PickleDictionary dictionary, string file)
    {
        int own = dictionary.Items.Count(i => i.Value is TensorReference);
        int inner = dictionary.Items.Sum(i => i.Value is PickleDictionary part ? part.Items.Count(p => p.Value is TensorReference) : 0);
        if (own > 0 && own >= inner || dictionary.Count == 0)
            return;
        var (key, value) = dictionary.Items.Select(i => (Name: Quoted.Name(i.Key.ToString()!), i.Value))
            .Concat(dictionary.Foreign.Select(f => (Name: f.Key, f.Value))).First(i => i.Value is not TensorReference);
        bool hasParts = dictionary.Items.Any(i => i.Value is PickleDictionary or List<object?> or PickleTuple);
        throw new InteropException(file, $"{key} is not a tensor. The dictionary has the keys {dictionary.Keys}"
            + (hasParts ? ": say which part of it is the state dict" : "")
            + $". {key} is {PickleText.Refusal(value)}"
            + (value is PickleOpaque ? $". {PickleText.Remedy}" : ""));
    }

    private static bool TryFind(object? found, string key, out object? inner)
    {
        inner = null;
        bool isNumber = long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        object?[]? items = found switch { List<object?> list => [.. list], PickleTuple tuple => tuple.Items, _ => null };
        if (items is not null && isNumber && number >= 0 && number < items.Length)
        {
            inner = items[number];
            return true;
        }

        return found is PickleDictionary dictionary
            && (dictionary.TryGetValue(key, out inner) || isNumber && dictionary.TryGetValue(number, out inner));
    }

    private static string Among(object? found) => found switch
    {
        PickleDictionary dictionary => $"among {dictionary.Keys}",
        PickleOpaque => $"in what is {PickleText.Refusal(found)}. {PickleText.Remedy}",
        _ => $"in {PickleText.Describe(found)}" + (found is List<object?> or PickleTuple ? ", whose first element is \"0\"" : ""),
    };
}
