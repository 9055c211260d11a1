using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// Named tensors in a <c>.safetensors</c> file: a JSON header and the bare numbers, little-endian, without gaps. There is nothing in such a
/// file that could be executed. The same tensors always give the same bytes: sorted by alignment, type and name, as the reference
/// implementation sorts. At most 32,768 tensors and, as in the reference implementation, 100 MB of header, of which names and metadata may
/// take 16 MB. Source: the format section of https://github.com/huggingface/safetensors.
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
    /// <returns>Names and tensors in the order of the file; they belong to the caller (or to his dispose scope). Tensors of types that
    /// TorchSharp lacks, such as F8_E4M3, are in <see cref="StateDict.Others"/>.</returns>
    /// <exception cref="InteropException">The file cannot be read, is not a sound one, or has tensors of such types only; every size was
    /// checked before memory was taken.</exception>
    public static StateDict Read(string path) => WeightFile.Read(path, Read);

    /// <summary>Reads all tensors from a stream's position to its end.</summary>
    /// <param name="stream">A readable and seekable stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    /// <returns>As <see cref="Read(string)"/>.</returns>
    /// <exception cref="InteropException">The stream cannot be read, or does not hold a safetensors file.</exception>
    public static StateDict Read(Stream stream, bool leaveOpen = false) => WeightFile.Read(stream, leaveOpen, Read);

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
        foreach (var (key, text) in metadata ?? new Dictionary<string, string>())
            (_, _) = (WeightFile.CheckedName(key, file), WeightFile.CheckedName(text, file));
        byte[] head = SafetensorsHeader.Compose(entries, metadata);
        if (head.Length > SafetensorsHeader.MaxBytes)
        {
            throw new InteropException(file,
                $"the header would have {head.Length} bytes; at most {SafetensorsHeader.MaxBytes} can be read back");
        }

        stream.Write(head);
        foreach (var entry in entries)
            TensorBytes.Write(tensors[entry.Name], entry.Element!.Size, stream.Write);
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
            entries.Add(new(WeightFile.CheckedName(name, file), element, shape, at, end, element.Safetensors!));
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

    private static StateDict Read(Stream stream, string file)
    {
        var (entries, _) = SafetensorsHeader.Read(stream, file);
        if (entries.Count > 0 && entries.All(e => e.Element is null))
        {
            throw new InteropException(file,
                $"{Quoted.Name(entries[0].Name)} is of type {Quoted.Name(entries[0].Type)}, which TorchSharp does not have, and so are all "
                    + "others");
        }

        using var scope = NewDisposeScope();
        var tensors = new StateDict();
        foreach (var entry in entries)
        {
            if (entry.Element is not { } element)
            {
                tensors.AddOther(entry.Name, $"{entry.Type} {Shape.Text(entry.Shape)}, which TorchSharp does not have,");
                stream.Seek(entry.End - entry.Start, SeekOrigin.Current);
                continue;
            }

            var tensor = empty(entry.Shape, element.Type, CPU);
            TensorBytes.Fill(tensor, element.Size, stream);
            tensors.Add(entry.Name, tensor);
        }
        foreach (var tensor in tensors.Values)
            tensor.MoveToOuterDisposeScope();
        return tensors;
    }
}
