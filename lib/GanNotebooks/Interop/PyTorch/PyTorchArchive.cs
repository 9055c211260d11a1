using System.Globalization;
using System.Text;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// A checkpoint of torch 1.6 or later: a zip with <c>NAME/data.pkl</c>, the pickle that describes the objects, <c>NAME/data/0, 1, ...</c>,
/// the bare numbers, <c>NAME/version</c>, and from torch 2.1 on <c>NAME/byteorder</c>. Source: PyTorch's notes/serialization and
/// torch/serialization.py.
/// </summary>
internal sealed class PyTorchArchive
{
    // kMin- and kMaxSupportedFileFormatVersion of caffe2/serialize/versions.h
    private const int OldestVersion = 1, NewestVersion = 10, SmallEntry = 64;
    private const long MaxUnpackedBeyondFile = 16 << 20;
    private const string PickleName = "/data.pkl";

    // The older format starts with a pickle of this magic number.
    private static readonly byte[] Legacy = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

    private readonly Stream stream;
    private readonly string file, root;
    private readonly IReadOnlyDictionary<string, ZipEntry> entries;
    private readonly Dictionary<string, (StorageReference Reference, Tensor Numbers)> storages = [];

    /// <summary>Opens it and checks everything but the pickle and the numbers.</summary>
    /// <exception cref="InteropException">The stream does not hold a zip that torch.save wrote.</exception>
    public PyTorchArchive(Stream stream, string file)
    {
        (this.stream, this.file) = (stream, file);
        CheckBeginning();
        entries = new ZipDirectory(stream, file).Entries;
        long unpacked = entries.Values.Where(e => e.IsDeflated)
            .Aggregate(0L, (sum, e) => sum > long.MaxValue - e.Size ? long.MaxValue : sum + e.Size);
        if (unpacked > stream.Length + MaxUnpackedBeyondFile)
        {
            throw Invalid(
                $"the zip of {stream.Length} bytes unpacks to {unpacked}; more than the file and {MaxUnpackedBeyondFile >> 20} MB is "
                    + "not unpacked");
        }

        var pickles =
            entries.Keys.Where(k => k.EndsWith(PickleName, StringComparison.Ordinal)
                && k.IndexOf('/', StringComparison.Ordinal) == k.Length - PickleName.Length).ToList();
        if (pickles.Count != 1)
            throw Invalid($"the zip is no checkpoint of PyTorch: it has {pickles.Count} entries NAME{PickleName}");
        root = pickles[0][..^PickleName.Length];
        CheckFormat();
    }

    /// <summary>The bytes of the pickle.</summary>
    public byte[] Pickle => ReadSmall("data.pkl", PickleMachine.MaxProgram);

    /// <summary>The object that the pickle builds, with tensors as descriptions.</summary>
    public object? Unpickle() => new PickleMachine(Pickle, file).Run();

    /// <summary>Creates a tensor. Tensors that share a storage in the file share it here, too.</summary>
    /// <exception cref="InteropException">The numbers of the tensor are missing, damaged, or of another size.</exception>
    public Tensor Load(TensorReference tensor)
    {
        var numbers = LoadStorage(tensor.Storage);
        return TensorShape.Elements(tensor.Size) == 0
            ? empty(tensor.Size, tensor.Storage.Element.Type, CPU)
            : numbers.as_strided(tensor.Size, tensor.Stride, tensor.Offset);
    }

    private Tensor LoadStorage(StorageReference storage)
    {
        if (storages.TryGetValue(storage.Key, out var known))
        {
            return known.Reference == storage
                ? known.Numbers
                : throw Invalid($"the storage {Quoted.Name(storage.Key)} is used as two types or sizes");
        }

        var entry = Find($"data/{storage.Key}");
        if (storage.Count > long.MaxValue / storage.Element.Size || entry.Size != storage.Count * storage.Element.Size)
        {
            throw Invalid($"{Quoted.Name(entry.Name)} has {entry.Size} bytes; "
                + $"{storage.Count} numbers of type {storage.Element.Torch} were announced");
        }

        var numbers = empty([storage.Count], storage.Element.Type, CPU);
        using (var bytes = new ZipEntryStream(stream, entry, file))
        {
            TensorBytes.Fill(numbers, storage.Element.Size, bytes);
            bytes.ExpectEnd();
        }
        storages.Add(storage.Key, (storage, numbers));
        return numbers;
    }

    private void CheckBeginning()
    {
        byte[] beginning = new byte[Math.Min(Legacy.Length, stream.Length)];
        stream.Position = 0;
        stream.ReadExactly(beginning);
        if (beginning.AsSpan().SequenceEqual(Legacy))
        {
            throw Invalid(
                "this is the format of PyTorch before 1.6 (no zip). Load it in Python and save it again with torch.save(...), which "
                    + "writes the zip format");
        }

        if (beginning is not [(byte)'P', (byte)'K', ..])
            throw Invalid("not a checkpoint of PyTorch: it does not start like a zip" + Impostor.Hint(stream));
    }

    private void CheckFormat()
    {
        if (entries.ContainsKey($"{root}/constants.pkl"))
            throw Invalid("this is a TorchScript program, not a checkpoint: in Python, save its state_dict() instead");
        string version = ReadText(entries.ContainsKey($"{root}/version") ? "version" : ".data/version");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number is < OldestVersion or > NewestVersion)
        {
            throw Invalid($"the version of the format is {Quoted.Name(version)}; {OldestVersion} to {NewestVersion} are known");
        }

        if (entries.ContainsKey($"{root}/byteorder") && ReadText("byteorder") is not "little" and var order)
            throw Invalid($"the numbers are written in {Quoted.Name(order)} byte order; only little-endian ones are read");
    }

    private string ReadText(string name) => Encoding.ASCII.GetString(ReadSmall(name, SmallEntry)).Trim();

    private byte[] ReadSmall(string name, int most)
    {
        var entry = Find(name);
        if (entry.Size > most)
            throw Invalid($"{Quoted.Name(entry.Name)} has {entry.Size} bytes; at most {most} are read");
        byte[] bytes = new byte[entry.Size];
        using var source = new ZipEntryStream(stream, entry, file);
        source.ReadExactly(bytes);
        source.ExpectEnd();
        return bytes;
    }

    private ZipEntry Find(string name) => entries.TryGetValue($"{root}/{name}", out var entry)
        ? entry
        : throw Invalid($"the zip has no entry {Quoted.Name($"{root}/{name}")}");

    private InteropException Invalid(string reason) => new(file, reason);
}
