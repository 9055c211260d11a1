using System.Buffers.Binary;
using System.Text;
using GanNotebooks.Interop;
using GanNotebooks.Networks;
using GanNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => In("a.safetensors");

    private string In(string name) => Path.Combine(folder.Path, name);

    public static TheoryData<ScalarType> Types => SampleTensors.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void WriteThenRead_EveryType_SameBits(ScalarType type)
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["scalar"] = SampleTensors.OfType(type), ["none"] = SampleTensors.OfType(type, 3, 0, 2),
            ["cube"] = SampleTensors.OfType(type, 2, 3, 5),
        };
        if (type == ScalarType.ComplexFloat64)
        {
            var refusal = Assert.Throws<InteropException>(() => Safetensors.Write(FileName, tensors));
            Assert.Contains("ComplexFloat64", refusal.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder.Path));
            return;
        }
        Safetensors.Write(FileName, tensors);
        SampleTensors.AssertSame(tensors, Safetensors.Read(FileName));
    }

    [Fact]
    public void Write_ViewsAndTransposes_WritesTheElementsInOrder()
    {
        var whole = SampleTensors.OfType(ScalarType.Int64, 6, 4);
        var tensors = new Dictionary<string, Tensor>
        {
            ["transposed"] = whole.t(), ["row"] = whole[2],
            ["every second"] = whole.slice(0, 1, 6, 2), ["expanded"] = whole[0, 0].expand(3, 3)
        };
        Safetensors.Write(FileName, tensors);
        SampleTensors.AssertSame(tensors, Safetensors.Read(FileName));
    }

    // The bytes were written by hand from the description of the format.
    [Fact]
    public void Write_TwoTensors_IsByteForByteTheDescribedFile()
    {
        Safetensors.Write(FileName, new Dictionary<string, Tensor> { ["b"] = tensor(new byte[] { 7, 8 }), ["é\"a"] = tensor(1.0f) },
            new Dictionary<string, string> { ["made"] = "by hand" });
        const string Header =
            "{\"__metadata__\":{\"made\":\"by hand\"},"
                + "\"é\\\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,6]}}";
        int length = (Encoding.UTF8.GetByteCount(Header) + 7) / 8 * 8;
        byte[] expected = [(byte)length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(Header),
            .. Enumerable.Repeat((byte)' ', length - Encoding.UTF8.GetByteCount(Header)), 0, 0, 0x80, 0x3f, 7, 8];
        Assert.Equal(expected, File.ReadAllBytes(FileName));
        Assert.Equal("by hand", Safetensors.ReadMetadata(FileName)["made"]);
    }

    [Fact]
    public void Write_SameTensorsInAnotherOrder_SameFile()
    {
        var tensors = Enumerable.Range(0, 9).ToDictionary(i => $"t{i}",
            i => SampleTensors.OfType(i % 2 == 0 ? ScalarType.Float32 : ScalarType.Int64, i + 1));
        Safetensors.Write(FileName, tensors);
        Safetensors.Write(In("b"), tensors.Reverse().ToDictionary());
        Assert.Equal(File.ReadAllBytes(FileName), File.ReadAllBytes(In("b")));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "the file has 5 bytes after its header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "the tensors need 4 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6,
        "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4,
        "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[1,5]}}""", 5, "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0061":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
        "comes twice")]
    [InlineData("""{"__metadata__":{"x":"1"},"__metadata__":{"x":"2"}}""", 0, "comes twice")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", 0, "comes twice")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "should be a JSON String")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [InlineData("""{"a":{"dtype":"I64","shape":[4611686018427387904],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,-1]}}""", 0, "whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 1, "the tensors need")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "TorchSharp does not have")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,1]}}""", 1, "needs 2 bytes")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", 4, "which safetensors does not have")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""", 1, "needs a dtype, a shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"shape":[1],"data_offsets":[0,1]}}""", 1, "unknown or second")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":0}}""", 1, "unknown or second")]
    [InlineData("""{"a":[]}""", 0, "should be a JSON StartObject")]
    [InlineData("""{} x""", 0, "not the JSON")]
    [InlineData("""[]""", 0, "does not start with {")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[[[[1]]]]],"data_offsets":[0,1]}}""", 1, "whole numbers")]
    [InlineData("""{"a":""", 0, "not the JSON")]
    public void Read_UnsoundHeader_IsRefusedNamingFileAndReason(string header, int dataBytes, string reason)
    {
        byte[] bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Encoding.UTF8.GetByteCount(header));
        Encoding.UTF8.GetBytes(header).CopyTo(bytes, 8);
        File.WriteAllBytes(FileName, bytes);
        var refusal = Assert.Throws<InteropException>(() => Safetensors.Read(FileName));
        Assert.Equal(FileName, refusal.File);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E4M3", 3, 3)]
    [InlineData("F8_E5M2", 3, 3)]
    [InlineData("U16", 3, 6)]
    [InlineData("U32", 3, 12)]
    [InlineData("U64", 3, 24)]
    [InlineData("F4", 4, 2)]
    [InlineData("F6_E2M3", 4, 3)]
    public void Read_TypeThatTorchSharpLacksBesideOthers_IsAnUnexpectedName(string type, int count, int bytes)
    {
        string header = $$"""
            {"a":{"dtype":"{{type}}","shape":[{{count}}],"data_offsets":[0,{{bytes}}]},
            "weight":{"dtype":"F32","shape":[1,1],"data_offsets":[{{bytes}},{{bytes + 4}}]} }
            """;
        File.WriteAllBytes(FileName, [.. PickleBytes.Eight(header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[bytes],
            .. BitConverter.GetBytes(2.5f)]);
        var read = Safetensors.Read(FileName);
        Assert.Equal(2.5f, Assert.Single(read).Value.item<float>());
        Assert.StartsWith(type, read.Others["a"], StringComparison.Ordinal);
        var net = nn.Linear(1, 1, hasBias: false);
        Assert.Contains($"+ a: unexpected, {type} [{count}]",
            Assert.Throws<InteropException>(() => net.load_safetensors(FileName)).Message, StringComparison.Ordinal);
        net.load_safetensors(FileName, strict: false);
        net.load_safetensors(FileName, skip: ["a"]);
        Assert.Equal(2.5f, net.weight!.item<float>());
    }

    [Theory]
    [InlineData(new byte[0], "0 bytes")]
    [InlineData(new byte[] { 1, 2, 3 }, "3 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{' }, "18446744073709551615 bytes")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "does not start with {")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xff, (byte)'}' }, "not the JSON")]
    public void Read_NoHeader_IsRefused(byte[] bytes, string reason)
    {
        File.WriteAllBytes(FileName, bytes);
        Assert.Contains(reason, Assert.Throws<InteropException>(() => Safetensors.Read(FileName)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFileOrFolder_IsRefusedNamingIt()
    {
        Assert.Contains(FileName, Assert.Throws<InteropException>(() => Safetensors.Read(FileName)).Message, StringComparison.Ordinal);
        Assert.Contains("directory", Assert.Throws<InteropException>(() => Safetensors.Read(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no such",
            Assert.Throws<InteropException>(() => Safetensors.Write(In("no/where"), new Dictionary<string, Tensor>())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Refused_LeavesTheOldFileAlone()
    {
        File.WriteAllText(FileName, "old");
        Assert.Throws<InteropException>(() => Safetensors.Write(FileName, new Dictionary<string, Tensor> { ["__metadata__"] = tensor(1) }));
        Assert.Equal("old", File.ReadAllText(FileName));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void LoadSafetensors_OwnFile_GivesTheSameModule()
    {
        var (first, second) = (new MultilayerPerceptron(3, [5], [2]), new MultilayerPerceptron(3, [5], [2]));
        Assert.Same(first, first.save_safetensors(FileName));
        Dictionary<string, bool> loaded = [];
        second.load_safetensors(FileName, loadedParameters: loaded);
        SampleTensors.AssertSame(first.state_dict(), second.state_dict());
        Assert.All(second.state_dict().Keys, name => Assert.True(loaded[name]));
        Assert.All(second.parameters(), p => Assert.True(p.requires_grad));
        Assert.Equal("pt", Safetensors.ReadMetadata(FileName)["format"]);
    }

    [Fact]
    public void LoadSafetensors_Stream_ClosesItUnlessToldOtherwise()
    {
        var net = new MultilayerPerceptron(3, [], [2]);
        var stream = new MemoryStream();
        net.save_safetensors(stream, leaveOpen: true);
        stream.Position = 0;
        net.load_safetensors(stream, leaveOpen: true);
        stream.Position = 0;
        net.load_safetensors(stream);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void LoadSafetensors_OtherNames_ListsThemAndChangesNothing()
    {
        new MultilayerPerceptron(3, [5, 5], [2]).save_safetensors(FileName);
        var net = new MultilayerPerceptron(3, [5], [2]);
        var before = net.state_dict().ToDictionary(t => t.Key, t => t.Value.clone());
        string message = Assert.Throws<InteropException>(() => net.load_safetensors(FileName)).Message;
        Assert.Contains("+ layers.linear3.weight: unexpected, float32 [2, 5] found", message, StringComparison.Ordinal);
        Assert.Contains("! layers.linear2.bias: float32 [2] expected, float32 [5] found", message, StringComparison.Ordinal);
        Assert.Throws<InteropException>(() => net.load_safetensors(FileName, strict: false)); // shapes must fit even so
        SampleTensors.AssertSame(before, net.state_dict());
    }

    [Fact]
    public void LoadSafetensors_NotStrictOrSkipping_LoadsTheRest()
    {
        var source = new MultilayerPerceptron(3, [5], [5]);
        source.save_safetensors(FileName, skip: ["layers.linear2.bias"]);
        var net = new MultilayerPerceptron(3, [5, 5], [2]);
        Dictionary<string, bool> loaded = [];
        net.load_safetensors(FileName, strict: false, skip: ["layers.linear1.bias"], loaded);
        Assert.Equal(SampleTensors.Bytes(source.state_dict()["layers.linear1.weight"]),
            SampleTensors.Bytes(net.state_dict()["layers.linear1.weight"]));
        Assert.Equal([("layers.linear1.bias", false), ("layers.linear1.weight", true), ("layers.linear2.weight", true)],
            loaded.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => (l.Key, l.Value)));
        Assert.NotEqual(SampleTensors.Bytes(source.state_dict()["layers.linear1.bias"]),
            SampleTensors.Bytes(net.state_dict()["layers.linear1.bias"]));
    }

    [Fact]
    public void Read_OwnOrRefusedFile_LeavesNoTensorBehind()
    {
        Safetensors.Write(FileName, new Dictionary<string, Tensor> { ["a"] = ones(3), ["b"] = ones(3) });
        long before = LiveTensors.Settled();
        foreach (var t in Safetensors.Read(FileName).Values)
            t.Dispose();
        File.WriteAllBytes(FileName, File.ReadAllBytes(FileName)[..^1]);
        Assert.Throws<InteropException>(() => Safetensors.Read(FileName));
        Assert.Equal(before, Tensor.TotalCount);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}
