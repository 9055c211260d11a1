namespace GanNotebooks.Interop;

/// <summary>
/// The names that a state dict needs, and what calling them means here. Nothing is ever imported or called: each is a case of a switch, and
/// every other name is refused.
/// </summary>
internal static class PickleGlobals
{
    private const string OrderedDict = "collections.OrderedDict", RebuildTensor = "torch._utils._rebuild_tensor_v2",
        RebuildParameter = "torch._utils._rebuild_parameter", Size = "torch.Size", Device = "torch.device";

    private static readonly HashSet<string> Allowed =
    [
        OrderedDict, RebuildTensor, RebuildParameter, Size, Device,
        .. ElementType.All.SelectMany(e => new[] { "torch." + e.Storage, "torch." + e.Torch }),
    ];

    /// <summary>Looks a name up in the list.</summary>
    /// <exception cref="InteropException">The name is not in the list.</exception>
    public static PickleGlobal Import(string module, string name, string file)
    {
        if (Allowed.Contains($"{module}.{name}") && !name.Contains('.', StringComparison.Ordinal))
            return new(module, name);
        string hint = module is "__main__" || module.StartsWith("torch.nn", StringComparison.Ordinal)
            ? "; this looks like a whole module: in Python, save its state_dict() instead"
            : "";
        throw new InteropException(file,
            $"the pickle asks for {Quoted.Name($"{module}.{name}")}, which no state dict needs; nothing was executed{hint}");
    }

    /// <summary>Computes what calling the name would return, without calling anything.</summary>
    /// <exception cref="InteropException">Torch never writes these arguments.</exception>
    public static object Call(PickleGlobal called, object?[] arguments, string file)
    {
        object? result = $"{called.Module}.{called.Name}" switch
        {
            OrderedDict when arguments is [] or [PickleTuple { Items: [] } or List<object?> { Count: 0 }] =>
                new PickleDictionary(isOrderedDict: true),
            RebuildTensor => Tensor(arguments, file),
            RebuildParameter when arguments is [TensorReference tensor, bool, PickleDictionary { Count: 0 }] => tensor,
            Size when arguments is [PickleTuple size] => size,
            Device when arguments is [string] or [string, long] => called,
            _ => null,
        };
        return result
            ?? throw new InteropException(file, $"the pickle calls {called.Module}.{called.Name} with arguments that torch never writes");
    }

    /// <summary>A persistent id is ('storage', type, key, location, count).</summary>
    /// <exception cref="InteropException">The persistent id has another form.</exception>
    public static StorageReference Storage(object? id, string file)
    {
        if (id is PickleTuple { Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count] }
            && ElementType.All.FirstOrDefault(e => e.Storage == type.Name) is { } element && count >= 0)
        {
            return new(element, key, count);
        }

        throw new InteropException(file, "the pickle asks for a storage in words that torch never uses");
    }

    // (storage, offset, size, stride, requires_grad, backward_hooks[, metadata])
    private static TensorReference? Tensor(object?[] arguments, string file)
    {
        if (arguments is not [StorageReference storage, long offset, PickleTuple size, PickleTuple stride, bool, PickleDictionary hooks,
            .. var rest] || hooks.Count > 0)
        {
            return null;
        }

        if (rest is [PickleDictionary { Count: > 0 } metadata])
            throw new InteropException(file, $"a tensor has the unknown properties {metadata.Keys}");
        if (rest is not ([] or [null] or [PickleDictionary]))
            return null;
        if (Numbers(size) is not { } sizes || Numbers(stride) is not { } strides)
            return null;
        var tensor = new TensorReference(storage, offset, sizes, strides);
        return tensor.Fault() is { } fault ? throw new InteropException(file, $"a tensor {fault}") : tensor;
    }

    private static long[]? Numbers(PickleTuple tuple) => tuple.Items.All(i => i is long) ? [.. tuple.Items.Cast<long>()] : null;
}
