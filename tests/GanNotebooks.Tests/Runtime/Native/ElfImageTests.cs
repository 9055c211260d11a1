using System.Buffers.Binary;
using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime;

public sealed class ElfImageTests
{
    private static string TorchSharpLibrary => Path.Combine(NativeTorch.Report.Directory, "libLibTorchSharp.so");

    [Fact]
    public void NeedsPatch_OldCppRuntime_IsTrue()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF question");
        using var runtime = new TemporaryFile(SharedObjectDefining("GLIBCXX_3.4.30"));
        Assert.True(NativeTorch.NeedsPatch(TorchSharpLibrary, runtime.Path));
    }

    [Fact]
    public void NeedsPatch_NewCppRuntime_IsFalse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF question");
        using var runtime = new TemporaryFile(SharedObjectDefining("GLIBCXX_3.4.30", NativeTorch.NewVersion));
        Assert.False(NativeTorch.NeedsPatch(TorchSharpLibrary, runtime.Path));
    }

    [Fact]
    public void MakeImportHarmless_TorchSharpsLibrary_ChangesNineBytesAtMostAndRequirementIsGone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF question");
        byte[] original = File.ReadAllBytes(TorchSharpLibrary);
        var image = new ElfImage((byte[])original.Clone());
        Assert.True(image.RequiresVersion(NativeTorch.NewVersion));

        Assert.True(image.MakeImportHarmless(NativeTorch.NewVersion, NativeTorch.NewSymbol, NativeTorch.HarmlessSymbol));

        Assert.False(image.RequiresVersion(NativeTorch.NewVersion));
        int changed = image.Bytes.ToArray().Zip(original).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 1, 9); // a flag, a name of four bytes, a version of two, and slack for none
        Assert.False(new ElfImage(image.Bytes.ToArray())
            .MakeImportHarmless(NativeTorch.NewVersion, NativeTorch.NewSymbol, NativeTorch.HarmlessSymbol));
    }

    [Fact]
    public void MakeImportHarmless_Always_LeavesTheFileOnDiskAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF question");
        Assert.True(new ElfImage(File.ReadAllBytes(TorchSharpLibrary)).RequiresVersion(NativeTorch.NewVersion));
    }

    // libtorch exports what TorchSharp imports, and the weak ones may be missing.
    [Fact]
    public void Imports_TorchSharpsLibrary_AreWhatItTakesFromLibtorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF question");
        var imports = new ElfImage(File.ReadAllBytes(TorchSharpLibrary)).Imports().ToList();
        Assert.Contains(NativeTorch.NewSymbol, imports);
        Assert.Contains(imports, name => name.StartsWith("_ZN2at4_ops", StringComparison.Ordinal));
        Assert.DoesNotContain("__gmon_start__", imports); // weak
        Assert.DoesNotContain("THSGenerator_new", imports); // its own
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an ELF file, but long enough to be asked about its sixty-four header bytes")]
    public void Constructor_OtherBytes_IsRefused(string text) =>
        Assert.Throws<BadImageFormatException>(() => new ElfImage(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Constructor_TruncatedFile_IsRefusedAndNeverCrashes()
    {
        byte[] whole = SharedObjectDefining("GLIBCXX_3.4.32");
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            var error = Record.Exception(() => new ElfImage(part).DefinesVersion("GLIBCXX_3.4.32"));
            Assert.True(error is null or BadImageFormatException, $"{length} bytes: {error}");
        }
    }

    /// <summary>
    /// The smallest shared object that says it defines these versions: a header, a string table and a .gnu.version_d section.
    /// </summary>
    private static byte[] SharedObjectDefining(params string[] versions)
    {
        const int header = 64, entry = 28, sectionHeader = 64;
        byte[] strings = Encoding.ASCII.GetBytes("\0" + string.Join('\0', versions) + "\0");
        int definitions = header + strings.Length, table = definitions + versions.Length * entry;
        byte[] file = new byte[table + 2 * sectionHeader];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }.CopyTo(file, 0);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(0x28), table);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(0x3a), sectionHeader);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(0x3c), 2);
        strings.CopyTo(file, header);
        for (int i = 0, name = 1; i < versions.Length; name += versions[i].Length + 1, i++)
        {
            var at = file.AsSpan(definitions + i * entry);
            BinaryPrimitives.WriteInt32LittleEndian(at[12..], 20); // the auxiliary entry follows at once
            BinaryPrimitives.WriteInt32LittleEndian(at[16..], i + 1 < versions.Length ? entry : 0);
            BinaryPrimitives.WriteInt32LittleEndian(at[20..], name);
        }
        WriteSection(file.AsSpan(table), 3, header, strings.Length, 0);
        WriteSection(file.AsSpan(table + sectionHeader), 0x6ffffffd, definitions, versions.Length * entry, 0);
        return file;
    }

    private static void WriteSection(Span<byte> at, uint type, long offset, long size, uint link)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], type);
        BinaryPrimitives.WriteInt64LittleEndian(at[0x18..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(at[0x20..], size);
        BinaryPrimitives.WriteUInt32LittleEndian(at[0x28..], link);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
