using System.IO.Compression;
using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

public sealed class PyTorchCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder.Path, "a.pth");

    public static TheoryData<ScalarType> Types => SampleTensors.Types;

    // make_fixtures.py: byte i of every tensor is 37 i + 11 modulo 256, modulo 2 for bool.
    [Theory]
    [MemberData(nameof(Types))]
    public void Read_TypesOfPyTorch_HaveItsBytes(ScalarType type)
    {
        string name = ElementType.Of(type)!.Torch;
        var tensors = PyTorchCheckpoint.Read(Fixture.Named("types.pth"));
        foreach (var (part, shape) in new (string, long[])[] { ("scalar", []), ("cube", [2, 3, 5]), ("none", [3, 0, 2]) })
        {
            var tensor = tensors[$"{name}.{part}"];
            Assert.Equal(type, tensor.dtype);
            Assert.Equal(shape, tensor.shape);
            byte[] bytes = SampleTensors.Bytes(tensor);
            Assert.Equal(tensor.numel() * tensor.element_size(), bytes.Length);
            Assert.Equal(Enumerable.Range(0, bytes.Length).Select(i => (byte)((37 * i + 11) % (type == ScalarType.Bool ? 2 : 256))), bytes);
        }
    }

    [Fact]
    public void Read_ViewsOfPyTorch_HaveItsElementsAndShareStorage()
    {
        var tensors = PyTorchCheckpoint.Read(Fixture.Named("views.pth"));
        var expected = empty([4, 6], int32);
        foreach (var (i, _) in expected.bytes.ToArray().Index())
            expected.bytes[i] = (byte)(37 * i + 11);
        Assert.True(tensors["base"].Equals(expected));
        Assert.True(tensors["transposed"].Equals(expected.t()));
        Assert.True(tensors["row"].Equals(expected[2]));
        Assert.True(tensors["every_second"].Equals(expected.slice(1, 0, 6, 2)));
        Assert.True(tensors["number"].Equals(expected[1, 1]));
        Assert.Empty(tensors["number"].shape);
        Assert.True(tensors["expanded"].Equals(expected[0].expand(5, 6)));
        tensors["tied"].fill_(3);
        Assert.Equal(9, tensors["alone"].sum().item<float>());
        tensors["base"].zero_();
        Assert.Equal(0, tensors["transposed"].abs().sum().item<long>());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void LoadPy_EveryProtocol_SameModule(int protocol)
    {
        var (net, reference) = (SmallNet(), SmallNet());
        Dictionary<string, bool> loaded = [];
        net.load_py(Fixture.Named($"protocol{protocol}.pth"), loadedParameters: loaded);
        reference.load_py(Fixture.Named("protocol2.pth"));
        SampleTensors.AssertSame(reference.state_dict(), net.state_dict());
        Assert.Equal(["0.bias", "0.weight", "1.bias", "1.num_batches_tracked", "1.running_mean", "1.running_var", "1.weight", "3.bias",
            "3.weight"], loaded.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(false, loaded.Values);
    }

    [Fact]
    public void Read_ParametersThatAreNotDetached_GivesTheirTensors()
        => SampleTensors.AssertSame(
            PyTorchCheckpoint.Read(Fixture.Named("protocol2.pth"))
                .Where(t => t.Key.EndsWith("weight", StringComparison.Ordinal) || t.Key.EndsWith("bias", StringComparison.Ordinal))
                .ToDictionary(),
            PyTorchCheckpoint.Read(Fixture.Named("parameters.pth")));

    [Theory]
    [InlineData("legacy.pth", "before 1.6")]
    [InlineData("whole-module.pth", "torch.nn.modules.container.Sequential")]
    [InlineData("torchscript.pth", "TorchScript")]
    [InlineData("checkpoint.pth", "is not a tensor. The dictionary has the keys \"before\", \"after\", \"x\", \"epoch\"")]
    public void Read_WhatIsNoStateDict_IsRefusedNamingFileAndReason(string name, string reason)
    {
        var refusal = Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(Fixture.Named(name)));
        Assert.StartsWith(Fixture.Named(name), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PartOfALargerCheckpoint_GivesIt()
    {
        Assert.Equal(4, PyTorchCheckpoint.Read(Fixture.Named("checkpoint.pth"), "before").Count);
        Assert.Contains("no part \"between\"",
            Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(Fixture.Named("checkpoint.pth"), "between")).Message,
            StringComparison.Ordinal);
        Assert.Contains("no dictionary",
            Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(Fixture.Named("checkpoint.pth"), "epoch")).Message,
            StringComparison.Ordinal);
    }

    // The largest pixel is below 1 in absolute value, so these are absolute errors; float32's own step there is 6e-8.
    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.Float64, 1e-12)]
    public void LoadPy_DcganOfPyTorch_ComputesWhatPyTorchComputed(ScalarType type, double tolerance)
    {
        string file = Fixture.Named(type == ScalarType.Float32 ? "dcgan-float32.pth" : "dcgan-float64.pth");
        var (generator, discriminator) = (DcganPair.Generator(type), DcganPair.Discriminator(type));
        generator.LoadTensors(PyTorchCheckpoint.Read(file, "generator"));
        discriminator.LoadTensors(PyTorchCheckpoint.Read(file, "discriminator"));
        generator.eval();
        discriminator.eval();
        var values = DcganPair.Values(file);
        var images = generator.call(values["noise"]);
        AssertClose(values["images"], images, tolerance);
        AssertClose(values["logits"], discriminator.call(images), tolerance);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void WriteThenRead_EveryType_SameBits(ScalarType type)
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["scalar"] = SampleTensors.OfType(type), ["none"] = SampleTensors.OfType(type, 3, 0, 2),
            ["cube"] = SampleTensors.OfType(type, 2, 3, 5), ["transposed"] = SampleTensors.OfType(type, 4, 3).t(),
            ["ключ \"λ\""] = SampleTensors.OfType(type, 70),
        };
        PyTorchCheckpoint.Write(FileName, tensors);
        var back = PyTorchCheckpoint.Read(FileName);
        SampleTensors.AssertSame(tensors, back);
        Assert.Equal(tensors.Keys, back.Keys); // in order
    }

    [Fact]
    public void WriteThenRead_SixtyFourBitZip_SameBits()
    {
        var numbers = SampleTensors.OfType(ScalarType.Float32, 5, 7);
        using var stream = new MemoryStream();
        var writer = new PyTorchArchiveWriter("test", forceWide: true);
        var root = new PickleDictionary(isOrderedDict: true);
        root.TryAdd("a", writer.Describe(numbers, "a"));
        writer.Write(stream, root, "archive");
        SampleTensors.AssertSame(new Dictionary<string, Tensor> { ["a"] = numbers }, PyTorchCheckpoint.Read(stream, leaveOpen: true));
        using var zip = new ZipArchive(stream); // .NET's own reader agrees
        Assert.Equal(SampleTensors.Bytes(numbers), Unzip(zip, "archive/data/0"));
    }

    [Fact]
    public void Write_Numbers_StartAtMultiplesOf64AsTorchAlignsThem()
    {
        PyTorchCheckpoint.Write(FileName,
            new Dictionary<string, Tensor> { ["a"] = ones(3), ["b"] = ones(1000, int16), ["c"] = tensor(true) });
        using (var stream = File.OpenRead(FileName))
            Assert.All(new ZipDirectory(stream, FileName).Entries.Values, e => Assert.Equal(0, e.Start % 64));
        using var zip = ZipFile.OpenRead(FileName);
        Assert.Equal(["archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/data/1", "archive/data/2", "archive/version"],
            zip.Entries.Select(e => e.FullName));
        Assert.All(zip.Entries, e => Assert.Equal(e.Length, e.CompressedLength));
        Assert.Equal(SampleTensors.Bytes(ones(3)), Unzip(zip, "archive/data/0"));
    }

    [Fact]
    public void Write_SameTensors_SameFileUnderAnyName()
    {
        var tensors = new Dictionary<string, Tensor> { ["a"] = ones(3) };
        PyTorchCheckpoint.Write(FileName, tensors);
        PyTorchCheckpoint.Write(FileName + "2", tensors);
        Assert.Equal(File.ReadAllBytes(FileName), File.ReadAllBytes(FileName + "2"));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Read_RecompressedZip_GivesTheSameTensors()
    {
        string source = Fixture.Named("protocol4.pth");
        using (var from = ZipFile.OpenRead(source))
        using (var to = ZipFile.Open(FileName, ZipArchiveMode.Create))
        {
            foreach (var entry in from.Entries)
            {
                using var target = to.CreateEntry(entry.FullName, CompressionLevel.Optimal).Open();
                target.Write(Unzip(from, entry.FullName));
            }
        }
        SampleTensors.AssertSame(PyTorchCheckpoint.Read(source), PyTorchCheckpoint.Read(FileName));
    }

    [Fact]
    public void SavePyThenLoadPy_Module_SameModule()
    {
        var (first, second) = (SmallNet(), SmallNet());
        Assert.Same(first, first.save_py(FileName));
        second.load_py(FileName);
        SampleTensors.AssertSame(first.state_dict(), second.state_dict());
        using var stream = new MemoryStream();
        first.save_py(stream, skip: ["0.weight"], leaveOpen: true);
        Assert.Contains("- 0.weight: missing, float32 [4, 3] expected",
            Assert.Throws<InteropException>(() => second.load_py(stream, leaveOpen: true)).Message, StringComparison.Ordinal);
        second.load_py(stream, skip: ["0.weight"]);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void ReadAdam_OfPyTorch_HasItsSettingsAndMoments()
    {
        string[] names = ["0.weight", "0.bias", "2.weight", "2.bias"];
        var state = PyTorchCheckpoint.ReadAdam(Fixture.Named("adam.pth"), names);
        Assert.Equal((0.02, 0.6, 0.98, 1e-7, 0.0), (state.LearningRate, state.Beta1, state.Beta2, state.Epsilon, state.WeightDecay));
        Assert.Equal(names, state.Moments.Keys);
        Assert.All(state.Moments.Values, m => Assert.Equal(3, m.Updates));
        Assert.Equal([4, 3], state.Moments["0.weight"].Mean.shape);
        PyTorchCheckpoint.WriteAdam(FileName, state);
        var back = PyTorchCheckpoint.ReadAdam(FileName, names);
        Assert.Equal(state.LearningRate, back.LearningRate);
        SampleTensors.AssertSame(state.Moments.ToDictionary(m => m.Key, m => m.Value.Mean),
            back.Moments.ToDictionary(m => m.Key, m => m.Value.Mean));
        SampleTensors.AssertSame(state.Moments.ToDictionary(m => m.Key, m => m.Value.Square),
            back.Moments.ToDictionary(m => m.Key, m => m.Value.Square));
        SampleTensors.AssertSame(
            state.Moments.ToDictionary(m => m.Key, m => m.Value.Mean),
            PyTorchCheckpoint.ReadAdam(Fixture.Named("checkpoint.pth"), names, "optimizer").Moments.ToDictionary(m => m.Key,
                m => m.Value.Mean));
        Assert.Contains("4 parameters, and 1 are",
            Assert.Throws<InteropException>(() => PyTorchCheckpoint.ReadAdam(Fixture.Named("adam.pth"), ["a"])).Message,
            StringComparison.Ordinal);
    }

    // Three updates in PyTorch, the fourth here. Weights of order 0.5 move by 0.02 an update; both sides compute in float32, 6e-8 relative,
    // over some ten operations.
    [Fact]
    public void LoadPy_AdamOfPyTorch_NextUpdateIsPyTorchs()
    {
        string file = Fixture.Named("checkpoint.pth");
        var net = nn.Sequential(("0", nn.Linear(3, 4)), ("1", nn.Tanh()), ("2", nn.Linear(4, 1)));
        net.LoadTensors(PyTorchCheckpoint.Read(file, "before"));
        var adam = optim.Adam(net.parameters(), lr: 1, beta1: 0.1, beta2: 0.2, eps: 1);
        adam.load_py(Fixture.Named("adam.pth"));
        adam.zero_grad();
        net.call(arange(15, float32).reshape(5, 3).sin()).square().mean().backward();
        adam.step();
        foreach (var (name, expected) in PyTorchCheckpoint.Read(file, "after"))
            AssertClose(expected, net.state_dict()[name], 2e-6);
    }

    [Fact]
    public void SavePyThenLoadPy_Adam_ContinuesAlike()
    {
        var net = SmallNet();
        var x = randn(5, 3);
        var adam = optim.Adam(net.parameters(), lr: 0.01, beta1: 0.5);
        Update(net, adam, x);
        Update(net, adam, x);
        net.save_py(FileName);
        adam.save_py(FileName + ".adam");
        var other = SmallNet().load_py(FileName);
        var otherAdam = optim.Adam(other.parameters(), lr: 0.3);
        Update(other, otherAdam, x); // leaves moments behind that must be replaced
        other.load_py(FileName);
        otherAdam.load_py(FileName + ".adam");
        Update(net, adam, x);
        Update(other, otherAdam, x);
        SampleTensors.AssertSame(net.state_dict(), other.state_dict());
        var wrong = optim.Adam(nn.Linear(2, 2).parameters());
        Assert.Contains("has 2 parameters, the file 6", Assert.Throws<InteropException>(() => wrong.load_py(FileName + ".adam")).Message,
            StringComparison.Ordinal);
        Assert.Contains("not the state dict of an optimiser", Assert.Throws<InteropException>(() => wrong.load_py(FileName)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyFixture_LeavesNoTensorBehind()
    {
        long before = LiveTensors.Settled();
        foreach (string file in Fixture.All)
        {
            try
            {
                foreach (var tensor in PyTorchCheckpoint.Read(file).Values)
                    tensor.Dispose();
            }
            catch (InteropException)
            {
            }
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static Sequential SmallNet() =>
        nn.Sequential(("0", nn.Linear(3, 4)), ("1", nn.BatchNorm1d(4)), ("2", nn.Tanh()), ("3", nn.Linear(4, 1)));

    private static void Update(Sequential net, Adam adam, Tensor x)
    {
        adam.zero_grad();
        net.call(x).square().mean().backward();
        adam.step();
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().to(float64).item<double>(), 0, tolerance);
    }

    private static byte[] Unzip(ZipArchive zip, string name)
    {
        using var from = zip.GetEntry(name)!.Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }
}
