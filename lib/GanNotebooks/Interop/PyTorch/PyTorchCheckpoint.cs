using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// State dicts in the file format of <c>torch.save</c> (PyTorch 1.6 and later). Such a file contains a pickle, and a pickle is a program;
/// this reader executes nothing: it knows the few names that a state dict consists of. Whatever else a file holds is left alone and
/// refused only where somebody asks for it.
/// </summary>
public static class PyTorchCheckpoint
{
    private const int MaxTensors = 1 << 15;
    private const string Root = "archive"; // what torch takes when it writes to a stream: the file does not depend on its own name

    /// <summary>
    /// Writes tensors so that <c>torch.load</c> gives an <c>OrderedDict</c> of them; the file appears whole or not at all.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Names and tensors of any shape and device. Tensors that share memory are written once each.</param>
    /// <exception cref="InteropException">The file cannot be written, or a tensor is of a quantised type.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors) =>
        WeightFile.Write(path, stream => Write(stream, path, tensors));

    /// <summary>Writes tensors to a stream.</summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="tensors">Names and tensors.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <exception cref="InteropException">A tensor is of a quantised type.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, bool leaveOpen = false)
        => WeightFile.Write(stream, leaveOpen, s => Write(s, WeightFile.NameOf(s), tensors));

    /// <summary>Reads a state dict, into the computer's memory. Tensors that share numbers in the file share them here.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">The keys that lead to it in a larger checkpoint: <c>"generator"</c>, or several keys from outside to
    /// inside; <c>"64"</c> is also a whole number as a key, <c>"0"</c> the first element of a list.</param>
    /// <returns>Names and tensors in the order of the file; they belong to the caller (or to his dispose scope). Entries that are no
    /// tensors are in <see cref="StateDict.Others"/>.</returns>
    /// <exception cref="InteropException">The file cannot be read, is not a sound one, or has no dictionary of tensors there; nor is
    /// one read whose own dictionaries hold more tensors than it does.</exception>
    public static StateDict Read(string path, params string[] part) =>
        WeightFile.Read(path, (stream, file) => Read(stream, file, part));

    /// <summary>Reads a state dict from a stream, which is the file from its first byte to its last.</summary>
    /// <param name="stream">A readable and seekable stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <param name="part">As for <see cref="Read(string, string[])"/>.</param>
    /// <returns>As <see cref="Read(string, string[])"/>.</returns>
    /// <exception cref="InteropException">As for <see cref="Read(string, string[])"/>.</exception>
    public static StateDict Read(Stream stream, bool leaveOpen = false, params string[] part)
        => WeightFile.Read(stream, leaveOpen, (s, file) => Read(s, file, part));

    /// <summary>Reads one tensor of a larger checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">The key of the tensor, or several keys from outside to inside.</param>
    /// <returns>The tensor; the caller or the caller's dispose scope disposes it.</returns>
    /// <exception cref="InteropException">As for <see cref="Read(string, string[])"/>.</exception>
    public static Tensor ReadTensor(string path, params string[] part) => WeightFile.Read(path, (stream, file) =>
    {
        using var scope = NewDisposeScope();
        var archive = new PyTorchArchive(stream, file);
        return PicklePart.Find(archive.Unpickle(), part, file) switch
        {
            TensorReference tensor => archive.Load(tensor).MoveToOuterDisposeScope(),
            var other => throw new InteropException(file, $"{PicklePart.Name(part)} is not a tensor: {PicklePart.Advice(other)}"),
        };
    });

    /// <summary>Writes the state of an Adam optimiser so that <c>optimizer.load_state_dict(torch.load(path))</c> takes it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="InteropException">The file cannot be written.</exception>
    public static void WriteAdam(string path, AdamState state) => WeightFile.Write(path, stream => WriteAdam(stream, path, state));

    /// <summary>Writes the state of an Adam optimiser to a stream.</summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="state">The state.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    public static void WriteAdam(Stream stream, AdamState state, bool leaveOpen = false)
        => WeightFile.Write(stream, leaveOpen, s => WriteAdam(s, WeightFile.NameOf(s), state));

    /// <summary>
    /// Reads the state of an Adam optimiser with one group of parameters. Relatives of Adam are refused by name, as far as their files
    /// differ: AdamW of torch before 2.7 writes what Adam writes, and its decoupled weight decay is then taken for Adam's.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of the parameters in the optimiser's order; null names them "0", "1", ...</param>
    /// <param name="part">The keys that lead to it in a larger checkpoint.</param>
    /// <returns>The state; its tensors belong to the caller (or to his dispose scope).</returns>
    /// <exception cref="InteropException">The file cannot be read, is not a sound one, is not of such an optimiser, or has a setting or a
    /// step count that is negative, infinite or no number.</exception>
    public static AdamState ReadAdam(string path, IReadOnlyList<string>? names = null, params string[] part)
        => WeightFile.Read(path, (stream, file) => ReadAdam(stream, file, names, part));

    /// <summary>Reads the state of an Adam optimiser from a stream, which is the file from its first byte to its last.</summary>
    /// <param name="stream">A readable and seekable stream.</param>
    /// <param name="names">Names of the parameters in the optimiser's order; null names them "0", "1", ...</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InteropException">The stream cannot be read, or does not hold such a file.</exception>
    public static AdamState ReadAdam(Stream stream, IReadOnlyList<string>? names = null, bool leaveOpen = false)
        => WeightFile.Read(stream, leaveOpen, (s, file) => ReadAdam(s, file, names, []));

    private static void Write(Stream stream, string file, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var archive = new PyTorchArchiveWriter(file);
        var root = new PickleDictionary(isOrderedDict: true);
        foreach (var (name, tensor) in tensors)
            root.TryAdd(WeightFile.CheckedName(name, file), archive.Describe(tensor, Quoted.Name(name)));
        archive.Write(stream, root, Root);
    }

    private static void WriteAdam(Stream stream, string file, AdamState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var scope = NewDisposeScope();
        var archive = new PyTorchArchiveWriter(file);
        archive.Write(stream, AdamFormat.Compose(state, tensor => archive.Describe(tensor.detach(), "a moment")), Root);
    }

    private static StateDict Read(Stream stream, string file, string[] part)
    {
        using var scope = NewDisposeScope();
        var archive = new PyTorchArchive(stream, file);
        object? found = PicklePart.Find(archive.Unpickle(), part, file);
        if (found is not PickleDictionary dictionary)
            throw new InteropException(file, $"{PicklePart.Name(part)} is no dictionary of tensors: {PicklePart.Advice(found)}");
        if (dictionary.Count > MaxTensors)
            throw new InteropException(file, $"the file has {dictionary.Count} tensors; at most {MaxTensors} are read");
        PicklePart.ExpectTensors(dictionary, file);
        var tensors = new StateDict();
        foreach (var (key, value) in dictionary.Items)
        {
            string name = key.ToString()!;
            if (value is not TensorReference tensor)
                tensors.AddOther(name, PickleText.Describe(value));
            else if (!tensors.TryAdd(name, archive.Load(tensor)))
                throw new InteropException(file, $"the file has two tensors {Quoted.Name(name)}: under a text and under a whole number");
        }
        foreach (var (key, value) in dictionary.Foreign)
            tensors.AddOther(key, PickleText.Describe(value));
        foreach (var tensor in tensors.Values)
            tensor.MoveToOuterDisposeScope();
        return tensors;
    }

    private static AdamState ReadAdam(Stream stream, string file, IReadOnlyList<string>? names, string[] part)
    {
        using var scope = NewDisposeScope();
        var archive = new PyTorchArchive(stream, file);
        var state = AdamFormat.Read(PicklePart.Find(archive.Unpickle(), part, file), names, archive.Load, file);
        foreach (var moments in state.Moments.Values)
        {
            moments.Mean.MoveToOuterDisposeScope();
            moments.Square.MoveToOuterDisposeScope();
        }
        return state;
    }
}
