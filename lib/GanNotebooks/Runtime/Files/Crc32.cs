namespace GanNotebooks.Runtime;

/// <summary>CRC-32 as gzip (RFC 1952, section 8) and zip use it, eight bytes per turn so that 47 MB of digits cost tens of milliseconds.</summary>
internal static class Crc32
{
    private const uint ReflectedPolynomial = 0xEDB88320;
    private static readonly uint[][] tables = MakeTables();

    /// <summary>Extends a checksum by more data.</summary>
    /// <param name="crc">The checksum so far; 0 at the start.</param>
    /// <param name="data">The bytes that follow.</param>
    /// <returns>The checksum of all bytes so far.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        for (; data.Length >= 8; data = data[8..])
        {
            var low = crc ^ BitConverter.ToUInt32(data);
            crc = tables[7][low & 255] ^ tables[6][(low >> 8) & 255] ^ tables[5][(low >> 16) & 255] ^ tables[4][low >> 24]
                ^ tables[3][data[4]] ^ tables[2][data[5]] ^ tables[1][data[6]] ^ tables[0][data[7]];
        }

        foreach (var b in data) crc = (crc >> 8) ^ tables[0][(crc ^ b) & 255];
        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var made = new uint[8][];
        for (var k = 0; k < 8; k++) made[k] = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? (c >> 1) ^ ReflectedPolynomial : c >> 1;
            made[0][n] = c;
        }

        for (var k = 1; k < 8; k++)
        {
            for (var n = 0; n < 256; n++) made[k][n] = (made[k - 1][n] >> 8) ^ made[0][made[k - 1][n] & 255];
        }

        return made;
    }
}
