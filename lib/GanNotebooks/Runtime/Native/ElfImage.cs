using System.Buffers.Binary;
using System.Text;

namespace GanNotebooks.Runtime;

/// <summary>
/// A 64-bit little-endian ELF shared object in memory: just enough of the format to ask which symbol versions it defines and to
/// make one imported symbol harmless. Layout: System V gABI chapter 4; symbol versioning: LSB Core, "Symbol Versioning".
/// </summary>
internal sealed class ElfImage
{
    private const uint DynamicSymbols = 11, VersionDefinitions = 0x6ffffffd, VersionNeeds = 0x6ffffffe, VersionSymbols = 0x6fffffff;
    private const int SymbolSize = 24, WeakSymbol = 2;
    private const ushort WeakVersion = 0x2;

    private readonly byte[] image;
    private readonly Dictionary<uint, Section> sections = [];

    /// <summary>Reads the section table.</summary>
    /// <param name="image">The whole file; <see cref="MakeImportHarmless"/> changes it in place.</param>
    /// <exception cref="BadImageFormatException">The bytes are not a 64-bit little-endian ELF file, or a table leaves the file.</exception>
    public ElfImage(byte[] image)
    {
        ArgumentNullException.ThrowIfNull(image);
        this.image = image;
        ReadOnlySpan<byte> magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (image.Length < 64 || !image.AsSpan(0, 6).SequenceEqual(magic))
            throw new BadImageFormatException("not a 64-bit little-endian ELF file");
        var (table, size, count) = ((long)U64(0x28), U16(0x3a), U16(0x3c));
        var headers = Enumerable.Range(0, count).Select(i => ReadHeader(table + (long)i * size)).ToArray();
        foreach (var (type, offset, length, link) in headers)
        {
            if (type is DynamicSymbols or VersionDefinitions or VersionNeeds or VersionSymbols)
                sections[type] = new Section(offset, length, link < headers.Length ? headers[link].Offset : 0);
        }
    }

    /// <summary>The bytes, with every change made so far.</summary>
    public ReadOnlySpan<byte> Bytes => image;

    /// <summary>Whether this library defines a symbol version such as <c>GLIBCXX_3.4.32</c> (section .gnu.version_d).</summary>
    public bool DefinesVersion(string version) => Definitions().Contains(version);

    /// <summary>Whether this library asks for a symbol version of another one and would not load without it.</summary>
    public bool RequiresVersion(string version) =>
        Needs().Any(need => need.Name == version && (U16(need.Offset + 4) & WeakVersion) == 0);

    /// <summary>
    /// Makes the loader accept this library where <paramref name="version"/> does not exist: the requirement becomes weak, and the one
    /// imported symbol that carries it is renamed to <paramref name="standIn"/>, another import that exists everywhere.
    /// </summary>
    /// <returns>False when the image had been treated before, so that nothing was left to do.</returns>
    /// <exception cref="BadImageFormatException">The image does not import both symbols.</exception>
    public bool MakeImportHarmless(string version, string symbol, string standIn)
    {
        var needs = Needs().Where(n => n.Name == version).ToList();
        var symbols = Symbols();
        if (!symbols.TryGetValue(symbol, out int from) && !RequiresVersion(version))
            return false;
        if (from == 0 || !symbols.TryGetValue(standIn, out int to))
            throw new BadImageFormatException($"the library does not import both {symbol} and {standIn}");
        foreach (var need in needs)
            BinaryPrimitives.WriteUInt16LittleEndian(At(need.Offset + 4, 2), (ushort)(U16(need.Offset + 4) | WeakVersion));
        var (dynsym, versym) = (sections[DynamicSymbols].Offset, sections[VersionSymbols].Offset);
        At(dynsym + (long)to * SymbolSize, 4).CopyTo(At(dynsym + (long)from * SymbolSize, 4));
        At(versym + 2L * to, 2).CopyTo(At(versym + 2L * from, 2));
        return true;
    }

    /// <summary>The symbols that this library takes from others and cannot do without (undefined and not weak).</summary>
    public IEnumerable<string> Imports()
    {
        var section = sections.GetValueOrDefault(DynamicSymbols);
        for (long at = section.Offset + SymbolSize; at < section.End; at += SymbolSize)
        {
            bool isUndefined = U16(at + 6) == 0, isWeak = At(at + 4, 1)[0] >> 4 == WeakSymbol;
            if (isUndefined && !isWeak)
                yield return Text(section.Strings + U32(at));
        }
    }

    private (uint Type, long Offset, long Length, int Link) ReadHeader(long at) =>
        (U32(at + 4), (long)U64(at + 0x18), (long)U64(at + 0x20), (int)Math.Min(U32(at + 0x28), int.MaxValue));

    private HashSet<string> Definitions()
    {
        var names = new HashSet<string>();
        if (!sections.TryGetValue(VersionDefinitions, out var section))
            return names;
        for (long at = section.Offset, next = 1; next != 0 && at < section.End; at += next)
        {
            names.Add(Text(section.Strings + U32(at + U32(at + 12))));
            next = U32(at + 16);
        }
        return names;
    }

    private IEnumerable<(long Offset, string Name)> Needs()
    {
        if (!sections.TryGetValue(VersionNeeds, out var section))
            yield break;
        for (long file = section.Offset, nextFile = 1; nextFile != 0 && file < section.End; file += nextFile)
        {
            long aux = file + U32(file + 8);
            for (int i = U16(file + 2); i > 0; i--)
            {
                yield return (aux, Text(section.Strings + U32(aux + 8)));
                aux += U32(aux + 12);
            }
            nextFile = U32(file + 12);
        }
    }

    private Dictionary<string, int> Symbols()
    {
        var section = sections.GetValueOrDefault(DynamicSymbols);
        var found = new Dictionary<string, int>();
        for (int i = 1; i < section.Length / SymbolSize; i++)
            found.TryAdd(Text(section.Strings + U32(section.Offset + (long)i * SymbolSize)), i);
        return found;
    }

    private string Text(long at)
    {
        var rest = image.AsSpan(checked((int)Inside(at, 1)));
        int end = rest.IndexOf((byte)0);
        return end < 0 ? throw new BadImageFormatException("a name in the ELF file has no end") : Encoding.ASCII.GetString(rest[..end]);
    }

    private Span<byte> At(long offset, int length) => image.AsSpan((int)Inside(offset, length), length);

    private long Inside(long offset, int length) => offset >= 0 && offset <= image.Length - length
        ? offset
        : throw new BadImageFormatException($"the ELF file points to byte {offset}, but has only {image.Length}");

    private ushort U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(At(at, 2));

    private uint U32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(At(at, 4));

    private ulong U64(long at) => BinaryPrimitives.ReadUInt64LittleEndian(At(at, 8));

    private readonly record struct Section(long Offset, long Length, long Strings)
    {
        public long End => Offset + Length;
    }
}
