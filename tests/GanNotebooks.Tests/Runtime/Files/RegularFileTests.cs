using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime.Files;

public sealed class RegularFileTests
{
    [Fact]
    public void OpenRead_PipeSocketDeviceFolderDanglingLink_IsRefusedAtOnceByItsName()
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        foreach (var (path, word) in special.All)
        {
            Action[] reads = [() => RegularFile.OpenRead(path), () => RegularFile.Check(path), () => RegularFile.ReadText(path)];
            foreach (var read in reads)
            {
                var error = Assert.Throws<IOException>(read);
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
                Assert.Contains(word, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void OpenRead_FileAndLinkToIt_AreRead()
    {
        string folder = Directory.CreateTempSubdirectory("gan-notebooks-regular-").FullName;
        try
        {
            string file = Path.Combine(folder, "a: σ.txt");
            File.WriteAllText(file, "text");
            Assert.Null(RegularFile.Fault(file));
            Assert.Equal("text", RegularFile.ReadText(file));
            if (!OperatingSystem.IsWindows())
            {
                string link = File.CreateSymbolicLink(Path.Combine(folder, "link"), file).FullName;
                using var stream = RegularFile.OpenRead(link);
                Assert.Equal(4, stream.Length);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void OpenRead_NothingThere_IsFileNotFound()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
        RegularFile.Check(missing);
        Assert.Throws<FileNotFoundException>(() => RegularFile.OpenRead(missing));
    }

    [Fact]
    public void Check_ZeroCharacterInName_IsRefused() => Assert.Throws<IOException>(() => RegularFile.Check("a\0b"));
}
