using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>Modules from named tensors that are in memory already: a part of a checkpoint, or names that were changed first.</summary>
public static class StateDictExtensions
{
    /// <summary>Copies tensors into a module by name.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="tensors">Names and tensors, as <see cref="PyTorchCheckpoint.Read(string, string[])"/> or <see cref="Safetensors.Read(string)"/> give them.</param>
    /// <param name="strict">Whether the names must be the same; if not, what fits by name is loaded. Shapes must always fit.</param>
    /// <param name="skip">Names that are left alone.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">They do not fit; the module is then as it was, and the message lists the differences.</exception>
    public static TModule LoadTensors<TModule>(this TModule module, IReadOnlyDictionary<string, Tensor> tensors, bool strict = true, IList<string>? skip = null)
        where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ModuleState.Load(module, tensors, "(tensors)", strict, skip, null);
        return module;
    }
}
