using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>Collects the tensors of a checkpoint and writes the zip.</summary>
/// <param name="file">The name of the file, for messages.</param>
/// <param name="forceWide">Uses the 64-bit records of a zip also where 32 bits would do: for tests.</param>
internal sealed class PyTorchArchiveWriter(string file, bool forceWide = false)
{
    private readonly List<(Tensor Tensor, StorageReference Storage)> storages = [];

    /// <summary>Describes a tensor for the pickle, with a storage of its own. It is read when the zip is written.</summary>
    /// <exception cref="InteropException">The format has no such element type.</exception>
    public TensorReference Describe(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var element = ElementType.Of(tensor.dtype)
            ?? throw new InteropException(file, $"{name} is of type {tensor.dtype}, which is not written");
        var storage =
            new StorageReference(element, storages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), tensor.numel());
        storages.Add((tensor, storage));
        return new(storage, 0, tensor.shape, RowMajor(tensor.shape));
    }

    /// <summary>Writes the checkpoint.</summary>
    public void Write(Stream stream, object? root, string name)
    {
        var zip = new StoredZipWriter(stream, forceWide);
        zip.Add($"{name}/data.pkl", PickleWriter.Write(root));
        zip.Add($"{name}/byteorder", "little"u8.ToArray());
        foreach (var (tensor, storage) in storages)
        {
            zip.Add($"{name}/data/{storage.Key}", storage.Count * storage.Element.Size,
                write => TensorBytes.Write(tensor, storage.Element.Size, write));
        }

        zip.Add($"{name}/version", "3\n"u8.ToArray());
        zip.Finish();
    }

    private static long[] RowMajor(long[] shape)
    {
        long[] stride = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            stride[i] = step;
            step *= Math.Max(shape[i], 1);
        }
        return stride;
    }
}
