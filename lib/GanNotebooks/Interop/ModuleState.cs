using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>The named tensors of a module, out and in.</summary>
internal static class ModuleState
{
    /// <summary>The parameters and buffers of a module without those to be skipped.</summary>
    public static OrderedDictionary<string, Tensor> Of(nn.Module module, IList<string>? skip)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new(module.state_dict().Where(t => skip is null || !skip.Contains(t.Key)));
    }

    /// <summary>
    /// Copies tensors into a module, converting between the floating types and between the whole ones. Everything is compared first: on a
    /// refusal the module is what it was.
    /// </summary>
    /// <exception cref="InteropException">Shapes differ, or names do and <paramref name="strict"/> is set, or no name at all fits; the
    /// message lists the differences name by name.</exception>
    public static void Load(
        nn.Module module, IReadOnlyDictionary<string, Tensor> tensors, string file, bool strict, IList<string>? skip,
        IDictionary<string, bool>? loadedParameters)
    {
        using var noGradient = no_grad();
        var targets = Of(module, skip);
        var wanted = Wanted(tensors, skip);
        var difference = new StateDictDifference(targets, wanted);
        bool nothing = targets.Count > 0 && !wanted.Keys.Any(targets.ContainsKey);
        if (strict ? !difference.IsEmpty : nothing || difference.Unlike.Count > 0)
        {
            string what = nothing ? "no name of the file is a name of" : "the tensors do not fit";
            throw new InteropException(file, $"{what} the module ({module.GetType().Name}):{Environment.NewLine}{difference}");
        }

        foreach (var (name, target) in targets)
        {
            if (wanted.TryGetValue(name, out var tensor))
                target.copy_(tensor);
        }
        if (loadedParameters is null)
            return;
        foreach (string name in tensors.Keys.Concat(tensors is StateDict { Others: var others } ? others.Keys : []))
            loadedParameters[name] = targets.ContainsKey(name) && wanted.ContainsKey(name);
    }

    private static StateDict Wanted(IReadOnlyDictionary<string, Tensor> tensors, IList<string>? skip)
    {
        var wanted = new StateDict();
        foreach (var (name, tensor) in tensors.Where(t => skip is null || !skip.Contains(t.Key)))
            wanted.Add(name, tensor);
        foreach (var (name, what) in tensors is StateDict { Others: var others } ? others : new Dictionary<string, string>())
        {
            if (skip is null || !skip.Contains(name))
                wanted.AddOther(name, what);
        }
        return wanted;
    }
}

/// <summary>Modules from named tensors that are in memory already: a part of a checkpoint, or names that were changed first.</summary>
public static class StateDictExtensions
{
    /// <summary>Copies tensors into a module by name.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="tensors">Names and tensors, as <see cref="PyTorchCheckpoint.Read(string, string[])"/> or
    /// <see cref="Safetensors.Read(string)"/> give them.</param>
    /// <param name="strict">Whether the names must be the same; otherwise the tensors with known names are loaded, at least one. Shapes
    /// must always fit.</param>
    /// <param name="skip">Names of the module or of the file that are not loaded.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">The tensors do not fit; the module is unchanged, and the message lists the
    /// differences.</exception>
    public static TModule LoadTensors<TModule>(this TModule module, IReadOnlyDictionary<string, Tensor> tensors, bool strict = true,
        IList<string>? skip = null)
        where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ModuleState.Load(module, tensors, "(tensors)", strict, skip, null);
        return module;
    }
}
