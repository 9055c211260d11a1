using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>
/// What training scripts save beside their weights, written by Python's own pickler (Fixtures/make_foreign.py): it is left alone, and
/// matters only to those who ask for it.
/// </summary>
public sealed class ForeignObjectsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder.Path, "a.pth");

    public static TheoryData<string> Files => ["foreign-2.pth", "foreign-4.pth"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_WeightsAmongForeignObjects_GivesThem(string file)
    {
        foreach (string[] part in new string[][] { ["g_ema"], ["by_size", "64"], ["by_size", "128"], ["list", "0"] })
        {
            var weights = PyTorchCheckpoint.Read(Fixture.Named(file), part);
            Assert.Equal(["weight", "bias"], weights.Keys);
            Assert.Equal([1, 2, 3, 4], weights["weight"].data<float>().ToArray());
            Assert.Empty(weights.Others);
        }
        Assert.Equal([5, 6], PyTorchCheckpoint.ReadTensor(Fixture.Named(file), "by_size", "64", "bias").data<float>().ToArray());
        Assert.Equal([1, 2, 3, 4], PyTorchCheckpoint.ReadTensor(Fixture.Named(file), "parameters", "weight").data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_ForeignObjectAskedFor_IsRefusedInOneLineWithTheRemedy(string file)
    {
        using var stream = File.OpenRead(Fixture.Named(file));
        var root = (PickleDictionary)new PyTorchArchive(stream, file).Unpickle()!;
        Assert.True(root.TryGetValue("before", out object? before));
        string[] names = [.. ((PickleDictionary)before!).Items.Select(i => (string)i.Key)];
        Assert.InRange(names.Length, 35, 60);
        foreach (string name in names)
        {
            var refusal = Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(Fixture.Named(file), name));
            Assert.StartsWith($"\"{name}\" is no dictionary of tensors: it is ", refusal.Reason, StringComparison.Ordinal);
            Assert.Contains("nothing was executed", refusal.Reason, StringComparison.Ordinal);
            Assert.Contains("In Python, save the state dict alone", refusal.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Reason);
            Assert.Throws<InteropException>(() => PyTorchCheckpoint.ReadTensor(Fixture.Named(file), name));
            Assert.Contains("no part \"x\" in what is",
                Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(Fixture.Named(file), name, "x")).Reason,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("namespace", "argparse.Namespace")]
    [InlineData("attributes", "lightning_fabric.utilities.data.AttributeDict")]
    [InlineData("scalar", "numpy.core.multiarray.scalar")]
    [InlineData("large", "a whole number of 13 bytes")]
    [InlineData("surrogate", "a text that is not UTF-8")]
    [InlineData("fp8", "a tensor of type \"torch.uint16\", which TorchSharp does not have")]
    public void Read_ForeignObjectAskedFor_IsNamed(string part, string name) => Assert.Contains(name,
        Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(Fixture.Named("foreign-2.pth"), part)).Reason,
        StringComparison.Ordinal);

    [Fact]
    public void Read_DictionaryWithEntriesThatAreNoTensors_HandsThemOutByName()
    {
        var mixed = PyTorchCheckpoint.Read(Fixture.Named("foreign-2.pth"), "mixed");
        Assert.Equal(["weight", "bias"], mixed.Keys);
        Assert.Equal(["height", "1._extra_state", "args", "half", "7"], mixed.Others.Keys);
        Assert.Equal(("the number 28", "None"), (mixed.Others["height"], mixed.Others["1._extra_state"]));

        var net = nn.Linear(2, 2);
        string message = Assert.Throws<InteropException>(() => net.LoadTensors(mixed)).Message;
        Assert.Contains("+ height: unexpected, the number 28 found", message, StringComparison.Ordinal);
        Assert.Contains("+ half: unexpected, a tensor of type \"torch.uint16\"", message, StringComparison.Ordinal);
        net.LoadTensors(mixed, strict: false);
        Assert.Equal(5, net.bias!.data<float>()[0]);
        nn.Linear(2, 2).LoadTensors(mixed, skip: ["height", "1._extra_state", "args", "half", "7"]);
    }

    // The name is expected: that its tensor cannot be read must not look like a name too many.
    [Fact]
    public void LoadTensors_ExpectedNameWithoutATensor_IsRefusedEvenIfNotStrict()
    {
        byte[] weight = PickleBytes.Tensor(PickleBytes.Storage(), 0, [2, 2], [2, 1]);
        byte[] dictionary = PickleBytes.Items(("weight", weight), ("bias", [(byte)'N']));
        File.WriteAllBytes(FileName, PickleBytes.Checkpoint(dictionary));
        Assert.Contains("! bias: float32 [2] expected, None found",
            Assert.Throws<InteropException>(() => nn.Linear(2, 2).load_py(FileName, strict: false)).Message, StringComparison.Ordinal);
        nn.Linear(2, 2).load_py(FileName, skip: ["bias"]);
        Dictionary<string, bool> loaded = [];
        nn.Linear(2, 2, hasBias: false).load_py(FileName, strict: false, loadedParameters: loaded);
        Assert.Equal(new() { ["weight"] = true, ["bias"] = false }, loaded);
    }

    [Fact]
    public void LoadPy_NotStrictAndNoNameFits_IsRefused()
    {
        var net = nn.Linear(2, 2);
        using var before = net.weight!.detach().clone();
        net.save_py(FileName);
        var wrapped = nn.Sequential(("module", nn.Linear(2, 2)));
        string message = Assert.Throws<InteropException>(() => wrapped.load_py(FileName, strict: false)).Message;
        Assert.Contains("no name of the file is a name of the module", message, StringComparison.Ordinal);
        Assert.Contains("- module.weight: missing", message, StringComparison.Ordinal);
        Assert.Throws<InteropException>(() => wrapped.load_py(FileName, strict: false, skip: ["weight", "bias"]));
        wrapped.load_py(FileName, strict: false, skip: ["module.weight", "module.bias"]); // nothing was wanted
        Assert.True(before.Equals(net.weight));
    }

    [Theory]
    [InlineData(new string[0], "the content of the file is not a tensor: it is a list of 2: say which element is meant")]
    [InlineData(new[] { "2" }, "there is no part \"2\" in a list of 2, whose first element is \"0\"")]
    [InlineData(new[] { "-1" }, "there is no part \"-1\"")]
    [InlineData(new[] { "1" }, "\"1\" is not a tensor: it is the number 5")]
    [InlineData(new[] { "1", "0" }, "there is no part \"0\" in the number 5")]
    public void ReadTensor_List_SaysHowToNameElements(string[] part, string reason)
    {
        byte[] list = [.. PickleBytes.Protocol2, (byte)']', .. PickleBytes.Tensor(PickleBytes.Storage(), 0, [2], [1]), (byte)'a',
            .. PickleBytes.Number(5), (byte)'a', (byte)'.'];
        File.WriteAllBytes(FileName, PickleBytes.Checkpoint(list));
        Assert.Equal([1, 2], PyTorchCheckpoint.ReadTensor(FileName, "0").data<float>().ToArray());
        Assert.Contains(reason, Assert.Throws<InteropException>(() => PyTorchCheckpoint.ReadTensor(FileName, part)).Reason,
            StringComparison.Ordinal);
    }

    // Two texts of 80,000 numbers with one .NET hash each; seeded hashes make it as fast as any others.
    [Fact]
    public void Read_NumbersThatCollide_TakeNoLongerThanOthers()
    {
        static byte[] Keys(Func<long, long> key) => PickleBytes.Dictionary([(byte)'}', (byte)'(',
            .. Enumerable.Range(0, 80_000).SelectMany(i => (byte[])[.. PickleBytes.Number(key(i)), (byte)'N']), (byte)'u']);
        static byte[] Memo(Func<long, long> index) => PickleBytes.Dictionary([(byte)'N',
            .. Enumerable.Range(0, 80_000).SelectMany(i => (byte[])[(byte)'r', .. PickleBytes.Four(index(i))])]);
        foreach (byte[] pickle in new[] { Keys(i => i << 32 | i), Keys(i => i << 32), Memo(i => i * 52_361 % uint.MaxValue) })
        {
            File.WriteAllBytes(FileName, PickleBytes.Checkpoint(pickle));
            Assert.NotNull(Limits.Read(FileName, path => PyTorchCheckpoint.Read(path)));
        }
    }

    [Fact]
    public void Write_HalfASurrogatePair_IsRefusedByName()
    {
        var tensors = new Dictionary<string, Tensor> { ["a\ud800"] = ones(1) };
        Action[] writes = [ () => PyTorchCheckpoint.Write(FileName, tensors), () => Safetensors.Write(FileName, tensors),
            () => Safetensors.Write(FileName, new Dictionary<string, Tensor>(), new Dictionary<string, string> { ["k"] = "\udc00" })];
        foreach (var write in writes)
        {
            Assert.Contains("half a surrogate pair", Assert.Throws<InteropException>(write).Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder.Path));
        }
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
