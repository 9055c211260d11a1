namespace GanNotebooks.Interop;

/// <summary>A file in a zip, as its directory and its own header agree on it.</summary>
/// <param name="Name">Path within the zip, with slashes.</param>
/// <param name="Start">Where its bytes start in the stream.</param>
/// <param name="PackedSize">How many bytes it takes there.</param>
/// <param name="Size">How many bytes it unpacks to; the same when it is stored as it is.</param>
/// <param name="Crc">CRC-32 of the unpacked bytes.</param>
/// <param name="IsDeflated">Whether it is compressed.</param>
internal sealed record ZipEntry(string Name, long Start, long PackedSize, long Size, uint Crc, bool IsDeflated);
