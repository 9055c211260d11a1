using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// The tensors of a file by name, in the order of the file; and what else the file has under names: numbers, texts, objects that only
/// Python could make, tensors of types that TorchSharp lacks. <c>LoadTensors</c> and <c>load_py</c> treat those as names that the module
/// does not expect, so <c>skip</c> and <c>strict: false</c> pass over them.
/// </summary>
public sealed class StateDict : OrderedDictionary<string, Tensor>
{
    private readonly Dictionary<string, string> others = [];

    /// <summary>The entries that are not handed out as tensors, each with what it is, in words.</summary>
    public IReadOnlyDictionary<string, string> Others => others;

    internal void AddOther(string name, string what) => others[name] = what;
}
