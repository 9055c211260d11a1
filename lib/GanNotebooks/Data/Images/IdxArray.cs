using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GanNotebooks.Data;

/// <summary>The content of an IDX file of unsigned bytes: a dense array in row-major order.</summary>
/// <param name="Name">The file it came from.</param>
/// <param name="Shape">Its dimensions, outermost first: <c>[N]</c> for labels, <c>[N, H, W]</c> for images; each at least 1.</param>
/// <param name="Values">As many bytes as the product of the dimensions; owned by this record.</param>
public sealed record IdxArray(string Name, IReadOnlyList<int> Shape, byte[] Values)
{
    /// <summary>
    /// The MD5 of the uncompressed file, header included: the identity by which the MNIST files are known. Not a defence against forgery.
    /// </summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public string Md5()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData([0, 0, 0x08, (byte)Shape.Count]);
        Span<byte> size = stackalloc byte[4];
        foreach (var dimension in Shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            hash.AppendData(size);
        }

        hash.AppendData(Values);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
