using System.Text.RegularExpressions;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

public sealed class HostilePickleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder.Path, "a.pth");

    public static TheoryData<string> Names => [.. HostilePickles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_HostilePickle_IsRefusedQuicklyNamingFileAndReason(string name)
    {
        var (pickle, reason) = HostilePickles.All[name];
        File.WriteAllBytes(FileName, PickleBytes.Checkpoint(pickle));
        PyTorchCheckpoint.Read(Fixture.Named("protocol2.pth")); // compiled before the clock starts
        var refusal = Limits.Read(FileName, path => PyTorchCheckpoint.Read(path));
        Assert.NotNull(refusal);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    // What can be used to run something does not occur in the reader at all.
    [Fact]
    public void Interop_Source_HasNothingToRunCodeWith()
    {
        string source = Path.Combine(Path.GetDirectoryName(DataFolder.Find())!, "lib", "GanNotebooks", "Interop");
        Assert.DoesNotContain(
            Directory.EnumerateFiles(source, "*.cs"),
            file => Regex.IsMatch(File.ReadAllText(file),
                @"System\.Reflection|Process\.|Activator|Type\.GetType|GetMethod|Assembly\.|dynamic |Invoke\("
                    + "|NativeLibrary|DllImport|BinaryFormatter"));
    }

    [Fact]
    public void Read_HandMadePickle_GivesItsTensors()
    {
        File.WriteAllBytes(FileName,
            PickleBytes.Checkpoint(PickleBytes.Dictionary(PickleBytes.Tensor(PickleBytes.Storage(), 1, [2], [2]))));
        Assert.Equal([2, 4], PyTorchCheckpoint.Read(FileName)["a"].data<float>().ToArray());
    }

    [Theory]
    [InlineData("big", "3\n", "\"big\" byte order")]
    [InlineData("little", "11\n", "version of the format is \"11\"")]
    [InlineData("little", "x", "version of the format is \"x\"")]
    [InlineData("little", "", "version of the format is \"\"")]
    public void Read_OtherByteOrderOrVersion_IsRefused(string byteOrder, string version, string reason)
    {
        File.WriteAllBytes(FileName, PickleBytes.Checkpoint(PickleBytes.Dictionary([(byte)'N']), byteOrder, version));
        Assert.Contains(reason, Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(FileName)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Listing_HostilePickle_ShowsWhatItWouldDoAndDoesNotDoIt()
    {
        var listing = PickleListing.Of(HostilePickles.All["os.system called"].Pickle);
        Assert.Equal(["PROTO", "GLOBAL", "BINUNICODE", "TUPLE1", "REDUCE", "STOP"],
            listing.Lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.Contains("os system", listing.ToText(), StringComparison.Ordinal);
        Assert.Equal(4, PickleListing.OfCheckpoint(Fixture.Named("protocol5.pth"), most: 3).Lines.Count);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
