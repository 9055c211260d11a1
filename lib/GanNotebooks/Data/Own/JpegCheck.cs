using System.Buffers.Binary;

namespace GanNotebooks.Data;

/// <summary>
/// Reads through the markers of a JPEG file before it is decoded (ITU-T T.81, annex B). The decoder fills what is missing with grey and
/// asks for no end; here a file without its end marker is cut off. Exif's orientation is found on the way.
/// </summary>
internal static class JpegCheck
{
    // Progressive files have some ten scans; each costs a pass over all pixels.
    private const int MostScans = 100, GreyOrColour = 3, Inks = 4, OrientationTag = 0x0112, ShortType = 3;
    private const byte Start = 0xD8, End = 0xD9, Scan = 0xDA, Exif = 0xE1, Adobe = 0xEE, Baseline = 0xC0, Extended = 0xC1,
        Progressive = 0xC2;

    /// <summary>Whether a file begins as a JPEG file does.</summary>
    public static bool Begins(ReadOnlySpan<byte> file) => file is [0xFF, Start, 0xFF, ..];

    /// <summary>Checks the markers of a whole file.</summary>
    /// <param name="file">The bytes, which begin with the start marker.</param>
    /// <exception cref="InvalidDataException">The file is cut, too large, or of a kind that is not decoded; the message continues "the
    /// file cannot be read: ".</exception>
    public static PictureFacts Check(byte[] file)
    {
        var (at, scans, components, orientation, adobe) = (2, 0, 0, 1, false);
        PictureFacts? facts = null;
        while (true)
        {
            byte marker = Marker(file, ref at);
            if (marker == End)
                break;
            if (marker is 0x01 or >= 0xD0 and <= 0xD7)
                continue;
            var segment = Segment(file, ref at);
            if (IsFrame(marker))
                (facts, components) = Frame(marker, segment, facts);
            else if (marker == Exif)
                orientation = OrientationOf(segment) ?? orientation;
            else if (marker == Adobe)
                adobe |= segment.StartsWith("Adobe"u8);
            else if (marker == Scan && ++scans > MostScans)
                throw new InvalidDataException($"it has more than {MostScans} scans");
            if (marker == Scan)
                SkipPixels(file, ref at);
        }

        if (facts is null || scans == 0)
            throw new InvalidDataException("it has no picture in it");
        if (components == Inks && !adobe)
            throw new InvalidDataException("it has four colours and does not say which; save it as RGB");
        return facts with { Orientation = orientation };
    }

    private static byte Marker(byte[] file, ref int at)
    {
        if (at < file.Length && file[at] != 0xFF)
            throw new InvalidDataException($"it is damaged: there is no marker at byte {at}");
        while (at < file.Length && file[at] == 0xFF)
            at++;
        return at < file.Length ? file[at++] : throw CutOff();
    }

    private static ReadOnlySpan<byte> Segment(byte[] file, ref int at)
    {
        if (file.Length - at < 2)
            throw CutOff();
        int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
        if (length < 2)
            throw new InvalidDataException($"it is damaged: the segment at byte {at} has no length");
        if (length > file.Length - at)
            throw CutOff();
        var segment = file.AsSpan(at + 2, length - 2);
        at += length;
        return segment;
    }

    // Inside the pixels, 0xFF is followed by 0 or by a restart marker. The next other marker ends them.
    private static void SkipPixels(byte[] file, ref int at)
    {
        while (true)
        {
            int next = file.AsSpan(at).IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= file.Length)
                throw CutOff();
            at += next;
            if (file[at + 1] is not (0 or >= 0xD0 and <= 0xD7))
                return;
            at += 2;
        }
    }

    // SOF0 to SOF15, without the tables DHT, JPG and DAC between them.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (PictureFacts, int Components) Frame(byte marker, ReadOnlySpan<byte> segment, PictureFacts? earlier)
    {
        if (marker is not (Baseline or Extended or Progressive))
            throw new InvalidDataException("it is a lossless or arithmetic JPEG, which few programs read; save it again");
        if (earlier is not null || segment.Length < 6)
            throw new InvalidDataException("it is damaged: its frame is not one of JPEG");
        var (precision, components) = (segment[0], segment[5]);
        if (precision != 8)
            throw new InvalidDataException($"its colours have {precision} bits; 8 are decoded");
        if (components is not (1 or GreyOrColour or Inks))
            throw new InvalidDataException($"it has {components} colours");
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        PictureFacts.RequireSize(width, height);
        return (new PictureFacts(width, height), components);
    }

    // Exif 2.3, section 4.6: a TIFF header, then a list of tags of 12 bytes. Whatever is not there or not sound says nothing.
    private static int? OrientationOf(ReadOnlySpan<byte> segment)
    {
        const int TagBytes = 12, TiffHeader = 8;
        if (!segment.StartsWith("Exif\0\0"u8) || segment.Length < 6 + TiffHeader)
            return null;
        var tiff = segment[6..];
        bool little = tiff[0] == 'I';
        uint list = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (list > tiff.Length - 2)
            return null;
        int count = Short(tiff[(int)list..], little);
        for (int k = 0, at = (int)list + 2; k < count && at + TagBytes <= tiff.Length; k++, at += TagBytes)
        {
            if (Short(tiff[at..], little) == OrientationTag && Short(tiff[(at + 2)..], little) == ShortType)
                return Short(tiff[(at + 8)..], little) is >= 1 and <= 8 and var value ? value : null;
        }

        return null;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static InvalidDataException CutOff() => new("it is cut off");
}
