namespace GanNotebooks.Runtime;

/// <summary>
/// CRC-32 as gzip (RFC 1952, section 8) and zip use it, eight bytes per turn so that 47 MB of digits cost tens of milliseconds.
/// </summary>
internal static class Crc32
{
    private const uint ReflectedPolynomial = 0xEDB88320;
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Extends a checksum by more data.</summary>
    /// <param name="crc">The checksum so far; 0 at the start.</param>
    /// <param name="data">The bytes that follow.</param>
    /// <returns>The checksum of all bytes so far.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        for (; data.Length >= 8; data = data[8..])
        {
            uint low = crc ^ BitConverter.ToUInt32(data);
            crc = Tables[7][low & 255] ^ Tables[6][(low >> 8) & 255] ^ Tables[5][(low >> 16) & 255] ^ Tables[4][low >> 24]
                ^ Tables[3][data[4]] ^ Tables[2][data[5]] ^ Tables[1][data[6]] ^ Tables[0][data[7]];
        }

        foreach (byte b in data)
            crc = (crc >> 8) ^ Tables[0][(crc ^ b) & 255];
        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] made = new uint[8][];
        for (int k = 0; k < 8; k++)
            made[k] = new uint[256];
        for (uint n = 0u; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? (c >> 1) ^ ReflectedPolynomial : c >> 1;
            made[0][n] = c;
        }

        for (int k = 1; k < 8; k++)
        {
            for (int n = 0; n < 256; n++)
                made[k][n] = (made[k - 1][n] >> 8) ^ made[0][made[k - 1][n] & 255];
        }

        return made;
    }
}
