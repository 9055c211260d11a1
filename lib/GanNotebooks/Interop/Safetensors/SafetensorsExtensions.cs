#pragma warning disable CA1707 // the names of TorchSharp.PyBridge, so that code moves over
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// Modules to and from safetensors. Names and parameters are those of the package TorchSharp.PyBridge, so that code moves over; use one of
/// the two namespaces in a file, not both.
/// </summary>
public static class SafetensorsExtensions
{
    // What transformers and others ask for before they read a file.
    private static readonly Dictionary<string, string> Format = new() { ["format"] = "pt" };

    /// <summary>Saves the parameters and buffers of a module; the file appears whole or not at all.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="location">The file.</param>
    /// <param name="skip">Names that are left out.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">The file cannot be written.</exception>
    public static TModule save_safetensors<TModule>(this TModule module, string location, IList<string>? skip = null)
        where TModule : nn.Module
    {
        Safetensors.Write(location, ModuleState.Of(module, skip), Format);
        return module;
    }

    /// <summary>Saves the parameters and buffers of a module to a stream.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="skip">Names that are left out.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>The module.</returns>
    public static TModule save_safetensors<TModule>(this TModule module, Stream stream, IList<string>? skip = null, bool leaveOpen = false)
        where TModule : nn.Module
    {
        Safetensors.Write(stream, ModuleState.Of(module, skip), Format, leaveOpen);
        return module;
    }

    /// <summary>Loads parameters and buffers into a module.</summary>
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
    public static TModule load_safetensors<TModule>(
        this TModule module, string location, bool strict = true, IList<string>? skip = null,
        Dictionary<string, bool>? loadedParameters = null)
        where TModule : nn.Module
    {
        using var scope = NewDisposeScope();
        ModuleState.Load(module, Safetensors.Read(location), location, strict, skip, loadedParameters);
        return module;
    }

    /// <summary>Loads parameters and buffers into a module from a stream.</summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="module">The module, on any device.</param>
    /// <param name="stream">A readable and seekable stream; it is read from its position to its end.</param>
    /// <param name="strict">Whether the names must be the same; otherwise the tensors with known names are loaded, at least one. Shapes
    /// must always fit.</param>
    /// <param name="skip">Names of the module or of the file that are not loaded.</param>
    /// <param name="loadedParameters">Receives every name of the file, and whether it was loaded.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>The module.</returns>
    /// <exception cref="InteropException">The stream cannot be read, or does not hold such a file.</exception>
    public static TModule load_safetensors<TModule>(
        this TModule module, Stream stream, bool strict = true, IList<string>? skip = null,
        Dictionary<string, bool>? loadedParameters = null, bool leaveOpen = false)
        where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var scope = NewDisposeScope();
        ModuleState.Load(module, Safetensors.Read(stream, leaveOpen), WeightFile.NameOf(stream), strict, skip, loadedParameters);
        return module;
    }
}
