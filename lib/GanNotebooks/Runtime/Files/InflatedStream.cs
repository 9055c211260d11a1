using System.IO.Compression;

namespace GanNotebooks.Runtime;

/// <summary>
/// Unpacks deflated bytes (RFC 1951) that take an exactly known piece of a stream, and tells whether they filled it. .NET's DeflateStream
/// reads ahead and does not say how far it got. So the last byte of the piece is given out alone: who ends without asking for it has left
/// something behind.
/// </summary>
internal sealed class InflatedStream : ForwardStream
{
    private readonly Packed packed;
    private readonly DeflateStream inflater;

    /// <summary>Unpacks the bytes from the stream's position on.</summary>
    /// <param name="source">The stream, which stays open.</param>
    /// <param name="packedSize">The number of packed bytes.</param>
    public InflatedStream(Stream source, long packedSize)
    {
        packed = new Packed(source, packedSize);
        inflater = new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>Whether all packed bytes were used; it is known once <see cref="Read(Span{byte})"/> has returned 0.</summary>
    public bool UsedAll => packed.Left == 0;

    /// <exception cref="InvalidDataException">The bytes are no deflated ones.</exception>
    public override int Read(Span<byte> buffer) => inflater.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        inflater.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Packed(Stream source, long size) : ForwardStream
    {
        public long Left { get; private set; } = size;

        public override int Read(Span<byte> buffer)
        {
            int count = source.Read(buffer[..(int)Math.Min(buffer.Length, Left > 1 ? Left - 1 : Left)]);
            Left -= count;
            return count;
        }
    }
}
