using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace GanNotebooks.Training;

/// <summary>
/// An event file of TensorBoard: records of a length, an event in protobuf, and masked CRC-32C checksums (TensorFlow's record format). The
/// writer of TorchSharp has no events with hyperparameters and needs a native library for pictures; the events themselves are its classes.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const string Prefix = "events.out.tfevents.", Version = "brain.Event:2";

    private readonly FileStream stream;

    /// <summary>Creates a file, which readers see at once.</summary>
    /// <param name="folder">Folder of the file.</param>
    /// <param name="ending">Ending of its name.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public EventFile(string folder, string ending)
    {
        string host = string.Concat(Environment.MachineName.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{host}{ending}");
        stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(new Event { FileVersion = Version });
    }

    /// <summary>The files in a folder with a given ending.</summary>
    public static IReadOnlyList<string> Find(string folder, string ending) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, $"{Prefix}*{ending}") : [];

    /// <summary>Writes a value of one step.</summary>
    public void Add(int step, Summary.Types.Value value)
    {
        var summary = new Summary();
        summary.Value.Add(value);
        Write(new Event { Step = step, Summary = summary });
    }

    /// <summary>Hands everything to the system, so that readers see it.</summary>
    public void Flush() => stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Write(Event happened)
    {
        happened.WallTime = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        byte[] data = happened.ToByteArray(), length = new byte[sizeof(ulong)], checksum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        Put(length);
        Put(data);

        void Put(byte[] bytes)
        {
            stream.Write(bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, Masked(bytes));
            stream.Write(checksum);
        }
    }

    /// <summary>The masked checksum of a record's part: CRC-32C, rotated by 15 bits, plus a constant.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
