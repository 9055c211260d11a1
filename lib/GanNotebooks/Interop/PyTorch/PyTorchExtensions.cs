#pragma warning disable CA1707 // the names of TorchSharp.PyBridge, so that code moves over
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// Modules and Adam to and from the files of <c>torch.save</c>. Names and parameters are those of the package TorchSharp.PyBridge, so that
/// code moves over; use one of the two namespaces in a file, not both.
/// </summary>
public static class PyTorchExtensions
{
    /// <summary>
    /// Saves the parameters and buffers of a module for <c>module.load_state_dict(torch.load(location))</c>; the file appears whole or not
    /// at all.
    /// </summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="location">The file.</param>
    /// <param name="skip">Names that are left out.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">The file cannot be written.</exception>
    public static TModule save_py<TModule>(this TModule module, string location, IList<string>? skip = null)
        where TModule : nn.Module
    {
        PyTorchCheckpoint.Write(location, ModuleState.Of(module, skip));
        return module;
    }

    /// <summary>Saves the parameters and buffers of a module to a stream.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="skip">Names that are left out.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>The module.</returns>
    public static TModule save_py<TModule>(this TModule module, Stream stream, IList<string>? skip = null, bool leaveOpen = false)
        where TModule : nn.Module
    {
        PyTorchCheckpoint.Write(stream, ModuleState.Of(module, skip), leaveOpen);
        return module;
    }

    /// <summary>Loads what <c>torch.save(module.state_dict(), location)</c> wrote.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="location">The file.</param>
    /// <param name="strict">Whether the names must be the same; otherwise the tensors with known names are loaded, at least one. Shapes
    /// must always fit.</param>
    /// <param name="skip">Names of the module or of the file that are not loaded.</param>
    /// <param name="loadedParameters">Receives every name of the file, and whether it was loaded.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">The file is refused, or it does not fit; the module is unchanged, and the message lists the
    /// differences.</exception>
    public static TModule load_py<TModule>(
        this TModule module, string location, bool strict = true, IList<string>? skip = null,
        Dictionary<string, bool>? loadedParameters = null)
        where TModule : nn.Module
    {
        using var scope = NewDisposeScope();
        ModuleState.Load(module, PyTorchCheckpoint.Read(location), location, strict, skip, loadedParameters);
        return module;
    }

    /// <summary>Loads what <c>torch.save</c> wrote, from a stream.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="stream">A readable and seekable stream with the file from its first byte to its last.</param>
    /// <param name="strict">Whether the names must be the same; otherwise the tensors with known names are loaded, at least one. Shapes
    /// must always fit.</param>
    /// <param name="skip">Names of the module or of the file that are not loaded.</param>
    /// <param name="loadedParameters">Receives every name of the file, and whether it was loaded.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">The stream cannot be read, or does not hold such a file.</exception>
    public static TModule load_py<TModule>(
        this TModule module, Stream stream, bool strict = true, IList<string>? skip = null,
        Dictionary<string, bool>? loadedParameters = null, bool leaveOpen = false)
        where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var scope = NewDisposeScope();
        ModuleState.Load(module, PyTorchCheckpoint.Read(stream, leaveOpen), WeightFile.NameOf(stream), strict, skip, loadedParameters);
        return module;
    }

    /// <summary>Saves the state of TorchSharp's Adam for <c>optimizer.load_state_dict(torch.load(location))</c>.</summary>
    /// <param name="optimizer">The optimiser, with one group of parameters.</param>
    /// <param name="location">The file.</param>
    /// <exception cref="InteropException">The file cannot be written.</exception>
    public static void save_py(this Adam optimizer, string location) => PyTorchCheckpoint.WriteAdam(location, OptimizerState.Of(optimizer));

    /// <summary>Saves the state of TorchSharp's Adam to a stream.</summary>
    /// <param name="optimizer">The optimiser, with one group of parameters.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    public static void save_py(this Adam optimizer, Stream stream, bool leaveOpen = false) =>
        PyTorchCheckpoint.WriteAdam(stream, OptimizerState.Of(optimizer), leaveOpen);

    /// <summary>Loads what <c>torch.save(optimizer.state_dict(), location)</c> wrote into TorchSharp's Adam.</summary>
    /// <param name="optimizer">The optimiser, with as many parameters of the same shapes, in the same order, in one group.</param>
    /// <param name="location">The file.</param>
    /// <exception cref="InteropException">The file is refused, or it does not fit; the optimiser is unchanged.</exception>
    public static void load_py(this Adam optimizer, string location)
    {
        using var scope = NewDisposeScope();
        OptimizerState.Load(optimizer, PyTorchCheckpoint.ReadAdam(location), location);
    }

    /// <summary>Loads what <c>torch.save(optimizer.state_dict(), ...)</c> wrote, from a stream.</summary>
    /// <param name="optimizer">The optimiser, with as many parameters of the same shapes, in the same order, in one group.</param>
    /// <param name="stream">A readable and seekable stream with the file from its first byte to its last.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <exception cref="InteropException">The stream cannot be read, or does not hold such a file.</exception>
    public static void load_py(this Adam optimizer, Stream stream, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var scope = NewDisposeScope();
        OptimizerState.Load(optimizer, PyTorchCheckpoint.ReadAdam(stream, leaveOpen: leaveOpen), WeightFile.NameOf(stream));
    }
}
