using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// Named tensors in a <c>.safetensors</c> file: a JSON header and the bare numbers, little-endian, without gaps. There is nothing in such a
/// file that could be executed. The same tensors always give the same bytes: sorted by alignment, type and name, as the reference
/// implementation sorts. At most 32,768 tensors and 8 MB of header. Source: the format section of
/// https://github.com/huggingface/safetensors.
/// </summary>
public static class Safetensors
{
    /// <summary>Writes tensors; the file appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Names and tensors of any shape and device. Tensors that share memory are written once each.</param>
    /// <param name="metadata">Texts that the file stores beside the tensors.</param>
    /// <exception cref="InteropException">The file cannot be written, or a tensor has a type that the format does not know (complex128,
    /// quantised).</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
        => WeightFile.Write(path, stream => Write(stream, path, tensors, metadata));

    /// <summary>Writes tensors to a stream.</summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="tensors">Names and tensors.</param>
    /// <param name="metadata">Texts that the file stores beside the tensors.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <exception cref="InteropException">A tensor has a type that the format does not know.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null, bool leaveOpen = false)
        => WeightFile.Write(stream, leaveOpen, s => Write(s, WeightFile.NameOf(s), tensors, metadata));

    /// <summary>Reads all tensors, into the computer's memory.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Names and tensors in the order of the file; they belong to the caller (or to his dispose scope).</returns>
    /// <exception cref="InteropException">The file cannot be read or is not a sound one; every size was checked before memory was
    /// taken.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path) => WeightFile.Read(path, Read);

    /// <summary>Reads all tensors from a stream's position to its end.</summary>
    /// <param name="stream">A readable and seekable stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>As <see cref="Read(string)"/>.</returns>
    /// <exception cref="InteropException">The stream cannot be read, or does not hold a safetensors file.</exception>
    public static OrderedDictionary<string, Tensor> Read(Stream stream, bool leaveOpen = false) => WeightFile.Read(stream, leaveOpen, Read);

    /// <summary>Reads the texts that go with the tensors, without reading those.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InteropException">The file cannot be read or has no sound header.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
        => WeightFile.Read(path, (stream, name) => SafetensorsHeader.Read(stream, name).Metadata);

    private static void Write(Stream stream, string file, IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var entries = Plan(file, tensors);
        byte[] head = SafetensorsHeader.Compose(entries, metadata);
        if (head.Length > SafetensorsHeader.MaxBytes)
        {
            throw new InteropException(file,
                $"the header would have {head.Length} bytes; at most {SafetensorsHeader.MaxBytes} can be read back");
        }

        stream.Write(head);
        foreach (var entry in entries)
            TensorBytes.Write(tensors[entry.Name], entry.Element.Size, stream.Write);
    }

    private static List<SafetensorsEntry> Plan(string file, IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (tensors.Count > SafetensorsHeader.MaxTensors)
            throw new InteropException(file, $"there are {tensors.Count} tensors; at most {SafetensorsHeader.MaxTensors} can be written");
        var sorted = tensors.Select(t => (Name: t.Key, t.Value.shape, Element: ElementOf(file, t.Key, t.Value)))
            .OrderBy(t => t.Element.Order).ThenBy(t => t.Name, StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        long at = 0;
        foreach (var (name, shape, element) in sorted)
        {
            long end = at + TensorShape.Elements(shape)!.Value * element.Size;
            entries.Add(new(name, element, shape, at, end));
            at = end;
        }
        return entries;
    }

    private static ElementType ElementOf(string file, string name, Tensor tensor)
    {
        if (name == "__metadata__")
            throw new InteropException(file, "no tensor can be called __metadata__: the format uses that name itself");
        return ElementType.Of(tensor.dtype) is { Safetensors: not null } element
            ? element
            : throw new InteropException(file, $"{Quoted.Name(name)} is of type {tensor.dtype}, for which safetensors has no name");
    }

    private static OrderedDictionary<string, Tensor> Read(Stream stream, string file)
    {
        var (entries, _) = SafetensorsHeader.Read(stream, file);
        using var scope = NewDisposeScope();
        var tensors = new OrderedDictionary<string, Tensor>(entries.Count);
        foreach (var entry in entries)
        {
            var tensor = empty(entry.Shape, entry.Element.Type, CPU);
            TensorBytes.Fill(tensor, entry.Element.Size, stream);
            tensors.Add(entry.Name, tensor);
        }
        foreach (var tensor in tensors.Values)
            tensor.MoveToOuterDisposeScope();
        return tensors;
    }
}
