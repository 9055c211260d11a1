using GanNotebooks.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

public sealed class StateDictDifferenceTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void ToString_AllKindsOfDifference_OneSignedLineEach()
    {
        var expected = new Dictionary<string, Tensor>
        {
            ["same"] = ones(2), ["missing"] = ones(2, 3), ["shape"] = ones(2),
            ["kind"] = ones(2, int64), ["rounded"] = ones(2)
        };
        var found = new Dictionary<string, Tensor>
        {
            ["same"] = ones(2), ["more"] = ones([], bfloat16), ["shape"] = ones(1, 2),
            ["kind"] = ones(2), ["rounded"] = ones(2, float64)
        };
        var difference = new StateDictDifference(expected, found);
        Assert.False(difference.IsEmpty);
        string[] lines =
        [
            "- missing: missing, float32 [2, 3] expected",
            "+ more: unexpected, bfloat16 [] found",
            "! shape: float32 [2] expected, float32 [1, 2] found",
            "! kind: int64 [2] expected, float32 [2] found",
        ];
        Assert.Equal(lines, difference.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void ToString_NoDifference_SaysSo() =>
        Assert.Equal("no difference",
            new StateDictDifference(new Dictionary<string, Tensor>(), new Dictionary<string, Tensor>()).ToString());

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void LoadTensors_OtherFloatingType_Converts(ScalarType type)
    {
        var net = nn.Linear(2, 1).LoadTensors(new Dictionary<string, Tensor>
        {
            ["weight"] = tensor(new[] { 0.5, -3 }).view(1, 2).to(type),
            ["bias"] = tensor(new[] { 2.0 }).to(type)
        });
        Assert.Equal(float32, net.weight.dtype);
        Assert.Equal([0.5f, -3f], net.weight.detach().data<float>().ToArray());
    }

    [Fact]
    public void LoadTensors_WholeNumbersForReals_IsRefused() => Assert.Contains(
        "! bias: float32 [1] expected, int64 [1] found",
        Assert.Throws<InteropException>(() => nn.Linear(2, 1)
            .LoadTensors(new Dictionary<string, Tensor> { ["weight"] = ones(1, 2), ["bias"] = ones(1, int64) })).Message,
        StringComparison.Ordinal);

    public void Dispose() => scope.Dispose();
}
