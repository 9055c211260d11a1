using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class MaxoutPerceptronTests
{
    [Fact]
    public void Parameters_PacGanDiscriminator_CountIsTheClosedForm()
    {
        using var network = new MaxoutPerceptron(2, [200, 200, 200], 5);
        Assert.Equal((2 + 1) * 1000 + 2 * (200 + 1) * 1000 + 201, network.parameters().Sum(p => p.numel()));
        Assert.DoesNotContain(network.state_dict().Keys, key => key.Contains('<', StringComparison.Ordinal));
    }

    [Fact]
    public void FunctionalCall_OwnParameters_IsTheCall()
    {
        using var scope = NewDisposeScope();
        using var network = new MaxoutPerceptron(3, [4, 5], 2).Normal(new Generator(1), 1);
        var x = randn([6, 3], generator: new Generator(2));
        Assert.Equal(network.call(x).data<float>().ToArray(),
            ((IFunctionalModule)network).FunctionalCall(x, [.. network.parameters()]).data<float>().ToArray());
    }

    [Fact]
    public void FunctionalCall_NotPlain_IsRefused()
    {
        using var network = new MaxoutPerceptron(3, [4], 2, minibatchDeviation: true);
        Assert.False(((IFunctionalModule)network).IsPlain);
        Assert.Throws<NotSupportedException>(() => ((IFunctionalModule)network).FunctionalCall(zeros(1, 3), [.. network.parameters()]));
    }

    [Fact]
    public void Call_MinibatchDeviation_SeesTheRestOfTheBatch()
    {
        using var scope = NewDisposeScope();
        using var network = new MaxoutPerceptron(2, [8], 2, minibatchDeviation: true).Normal(new Generator(1), 1);
        var x = randn([4, 2], generator: new Generator(2));
        float among = network.call(x)[0, 0].item<float>(), alone = network.call(x[..1])[0, 0].item<float>();
        Assert.True(Math.Abs(among - alone) > 1e-3);
    }

    [Fact]
    public void Call_WrongWidth_IsRefusedWithTheShape()
    {
        using var network = new MaxoutPerceptron(4, [8], 2);
        Assert.Contains("[5, 3]", Assert.Throws<ArgumentException>(() => network.call(zeros(5, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SaveAndLoad_Network_RoundTrips()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new MaxoutPerceptron(3, [4], 2), new MaxoutPerceptron(3, [4], 2));
        string file = Path.GetTempFileName();
        a.save(file);
        b.load(file);
        File.Delete(file);
        Assert.Equal(a.call(ones(2, 3)).data<float>().ToArray(), b.call(ones(2, 3)).data<float>().ToArray());
    }
}
