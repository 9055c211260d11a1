namespace GanNotebooks.Interop;

/// <summary>
/// The names that a state dict needs, and what calling them means here. Nothing is ever imported or called: each is a case of a switch, and
/// every other name, with all that is made of it, stays opaque.
/// </summary>
internal static class PickleGlobals
{
    private const string OrderedDict = "collections.OrderedDict", RebuildTensor = "torch._utils._rebuild_tensor_v2",
        RebuildOtherTensor = "torch._utils._rebuild_tensor_v3", RebuildParameter = "torch._utils._rebuild_parameter",
        RebuildParameterWithState = "torch._utils._rebuild_parameter_with_state", Size = "torch.Size", Device = "torch.device";

    private static readonly HashSet<string> Allowed =
    [
        OrderedDict, RebuildTensor, RebuildOtherTensor, RebuildParameter, RebuildParameterWithState, Size, Device,
        .. ElementType.All.SelectMany(e => new[] { "torch." + e.Storage, "torch." + e.Torch }),
    ];

    /// <summary>Looks a name up in the list.</summary>
    /// <returns>A <see cref="PickleGlobal"/>, or a <see cref="PickleOpaque"/> when the name is not in the list.</returns>
    public static object Import(string module, string name)
    {
        if (Allowed.Contains($"{module}.{name}") && !name.Contains('.', StringComparison.Ordinal))
            return new PickleGlobal(module, name);
        return new PickleOpaque(Quoted.Name($"{module}.{name}"));
    }

    /// <summary>Computes what calling the name would return, without calling anything.</summary>
    /// <returns>The result; a <see cref="PickleOpaque"/> when torch never writes such a call.</returns>
    /// <exception cref="InteropException">A tensor contradicts itself.</exception>
    public static object Call(PickleGlobal called, object?[] arguments, string file)
    {
        object? result = $"{called.Module}.{called.Name}" switch
        {
            OrderedDict when arguments is [] or [PickleTuple { Items: [] } or List<object?> { Count: 0 }] =>
                new PickleDictionary(isOrderedDict: true),
            RebuildTensor or RebuildParameter or RebuildParameterWithState when arguments is [PickleOpaque storage, ..] => storage,
            RebuildTensor => Tensor(arguments, file),
            RebuildOtherTensor when arguments is [_, _, _, _, _, _, PickleOpaque type, ..] =>
                new PickleOpaque($"a tensor of type {type.What}, which TorchSharp does not have"),
            RebuildParameter when arguments is [TensorReference tensor, bool, PickleDictionary { Count: 0 }] => tensor,
            // The state: attributes that somebody gave the parameter in Python.
            RebuildParameterWithState when arguments is [TensorReference tensor, bool, PickleDictionary { Count: 0 }, _] => tensor,
            Size when arguments is [PickleTuple size] => size,
            Device when arguments is [string] or [string, long] => called,
            _ => null,
        };
        return result ?? new PickleOpaque($"a call of {called.Module}.{called.Name} with arguments that torch never writes");
    }

    /// <summary>A persistent id is ('storage', type, key, location, count).</summary>
    /// <returns>A <see cref="StorageReference"/>, or a <see cref="PickleOpaque"/> for numbers that TorchSharp does not have.</returns>
    /// <exception cref="InteropException">The persistent id has another form.</exception>
    public static object Storage(object? id, string file)
    {
        if (id is PickleTuple { Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count] }
            && ElementType.All.FirstOrDefault(e => e.Storage == type.Name) is { } element && count >= 0)
        {
            return new StorageReference(element, key, count);
        }

        if (id is PickleTuple { Items: ["storage", PickleOpaque other, string, string, long] })
            return new PickleOpaque($"a tensor in a storage {other.What}");
        throw new InteropException(file, "the pickle asks for a storage in words that torch never uses");
    }

    // (storage, offset, size, stride, requires_grad, backward_hooks[, metadata])
    private static object? Tensor(object?[] arguments, string file)
    {
        if (arguments is not [StorageReference storage, long offset, PickleTuple size, PickleTuple stride, bool, PickleDictionary hooks,
            .. var rest] || hooks.Count > 0)
        {
            return null;
        }

        if (rest is [PickleDictionary { Count: > 0 } metadata])
            return new PickleOpaque($"a tensor with the unknown properties {metadata.Keys}");
        if (rest is not ([] or [null] or [PickleDictionary]))
            return null;
        if (Numbers(size) is not { } sizes || Numbers(stride) is not { } strides)
            return null;
        var tensor = new TensorReference(storage, offset, sizes, strides);
        return tensor.Fault() is { } fault ? throw new InteropException(file, $"a tensor {fault}") : tensor;
    }

    private static long[]? Numbers(PickleTuple tuple) => tuple.Items.All(i => i is long) ? [.. tuple.Items.Cast<long>()] : null;
}
