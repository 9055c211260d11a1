using System.Diagnostics;
using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Studies;

/// <summary>What is put into <c>data/results</c> beside the recorded runs changes nothing that a notebook reads.</summary>
public sealed class RecordListTests : IDisposable
{
    private const string Study = "ring-rates";

    private readonly string results = Directory.CreateTempSubdirectory("records-").FullName;
    private readonly List<string> told = [];
    private readonly string[] recorded;

    public RecordListTests()
    {
        string source = Path.Combine(DataFolder.Find(), "results");
        File.Copy(Path.Combine(source, RecordList.FileName), Path.Combine(results, RecordList.FileName));
        Directory.CreateDirectory(Path.Combine(results, Study));
        recorded = [.. ChecksumList.Lines(Path.Combine(source, RecordList.FileName)).Select(l => l.File)
            .Where(f => f.StartsWith(Study + "/", StringComparison.Ordinal))];
        foreach (string file in recorded)
            File.Copy(Path.Combine(source, file), Path.Combine(results, file));
    }

    public void Dispose() => Directory.Delete(results, recursive: true);

    [Fact]
    public void Of_RecordsOfTheRepository_AreReadAsTheyAre()
    {
        Assert.Equal(recorded.Length, RecordedRun.Of(results, Study, told.Add).Count);
        Assert.Empty(told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Method\": \"GAN\", ")] // half a line
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"Course\": [null], \"Steps\": 20}")]
    [InlineData("\0\0")]
    [InlineData("same")] // a copy of a record: the same method, seed and length twice
    public void Of_ForeignFile_IsPassedOverAndNamed(string text)
    {
        string extra = Path.Combine(results, Study, "extra-20-seed1.json");
        if (text == "same")
            File.Copy(Path.Combine(results, recorded[0]), extra);
        else
            File.WriteAllText(extra, text);
        Directory.CreateDirectory(Path.Combine(results, Study, "folder.json"));

        var runs = RecordedRun.Of(results, Study, told.Add);
        Assert.Equal(recorded.Length, runs.Count);
        Assert.Distinct(runs.Select(r => (r.Method, r.Seed, r.Steps)));
        Assert.Contains("extra-20-seed1.json", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RecordThatWasChangedOrIsMissing_IsNamedWithTheRemedy()
    {
        string file = Path.Combine(results, recorded[0]);
        string list = File.ReadAllText(Path.Combine(results, RecordList.FileName));
        File.AppendAllText(file, " ");
        string found = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
        string expected = list.Split('\n').Single(line => line.EndsWith("  " + recorded[0], StringComparison.Ordinal)).Split(' ')[0];
        string message = Assert.Throws<DataFileException>(() => RecordedRun.Of(results, Study, told.Add)).Message;
        Assert.All(["git checkout -- ", file, found, expected],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
        File.Delete(file);
        Assert.Contains(Path.GetFileName(file), Assert.Throws<DataFileException>(() => RecordedRun.Of(results, Study, told.Add)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void List_EveryFile_IsThereWithItsChecksum()
    {
        string folder = Path.Combine(DataFolder.Find(), "results");
        string[] studies = [.. ChecksumList.Lines(Path.Combine(folder, RecordList.FileName)).Select(l => l.File.Split('/')[0]).Distinct()];
        Assert.True(studies.Length > 8, string.Join(", ", studies));
        Assert.All(studies, study => Assert.NotEmpty(RecordList.Files(folder, study, _ => { })));
    }

    // Who commits a record lists it: (cd data/results && LC_ALL=C sha256sum */*.json > SHA256SUMS)
    [Fact]
    public void List_EveryCommittedRecord_IsListed()
    {
        string folder = Path.Combine(DataFolder.Find(), "results");
        string[] committed;
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, "ls-files", "--", "*/*.json"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            committed = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            committed = [];
        }

        Assert.SkipWhen(committed.Length == 0, "this is no clone of git, or git is not installed");
        var listed = ChecksumList.Lines(Path.Combine(folder, RecordList.FileName)).Select(l => l.File).ToHashSet();
        Assert.DoesNotContain(committed, file => !listed.Contains(file));
    }
}
