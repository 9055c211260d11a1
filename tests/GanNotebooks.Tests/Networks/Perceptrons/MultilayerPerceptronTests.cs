using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class MultilayerPerceptronTests
{
    [Theory]
    [InlineData(2, new[] { 3, 5 }, new long[] { 1 }, 2 * 3 + 3 + 3 * 5 + 5 + 5 * 1 + 1)]
    [InlineData(4, new int[0], new long[] { 2 }, 4 * 2 + 2)]
    [InlineData(4, new[] { 8 }, new long[] { 1, 2, 2 }, 4 * 8 + 8 + 8 * 4 + 4)]
    public void Parameters_Sizes_CountIsTheClosedForm(int inputs, int[] hidden, long[] output, int expected)
    {
        using var network = new MultilayerPerceptron(inputs, hidden, output);
        Assert.Equal(expected, network.parameters().Sum(p => p.numel()));
        Assert.DoesNotContain(network.state_dict().Keys, key => key.Contains('<', StringComparison.Ordinal));
    }

    [Fact]
    public void Call_ImageOutput_HasItsShape()
    {
        using var network = new MultilayerPerceptron(4, [8], [1, 2, 2]);
        Assert.Equal([5, 1, 2, 2], network.call(zeros(5, 4)).shape);
    }

    [Fact]
    public void Call_ImageInput_IsFlattened()
    {
        using var network = new MultilayerPerceptron(9, [8], [1]);
        Assert.Equal([5, 1], network.call(zeros(5, 1, 3, 3)).shape);
    }

    [Fact]
    public void Call_WrongWidth_IsRefusedWithTheShape()
    {
        using var network = new MultilayerPerceptron(4, [8], [1]);
        Assert.Contains("[5, 3]", Assert.Throws<ArgumentException>(() => network.call(zeros(5, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SaveAndLoad_Network_RoundTrips()
    {
        var (a, b) = (new MultilayerPerceptron(3, [4], [1]), new MultilayerPerceptron(3, [4], [1]));
        string file = Path.GetTempFileName();
        a.save(file);
        b.load(file);
        File.Delete(file);
        Assert.Equal(a.call(ones(2, 3)).data<float>().ToArray(), b.call(ones(2, 3)).data<float>().ToArray());
    }

    [Fact]
    public void UniformFanIn_SameSeed_SameWeightsWithinTheirBound()
    {
        float[] Weights(ulong seed) =>
            [.. new MultilayerPerceptron(16, [32], [1]).UniformFanIn(new Generator(seed)).parameters().SelectMany(p => p.data<float>())];
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
        Assert.All(Weights(1), w => Assert.InRange(w, -0.25f, 0.25f)); // 1/√16
    }

    [Fact]
    public void Normal_Sigma_IsTheStandardDeviation()
    {
        var network = new MultilayerPerceptron(100, [400], [1]).Normal(new Generator(3), 0.02);
        var weight = network.parameters().First();
        Assert.Equal(0.02, weight.std().item<float>(), 0.0003); // s.e. of 40,000 draws: 0.02/√80,000 = 7e-5
        Assert.Equal(0, network.parameters().Skip(1).First().abs().max().item<float>());
    }

    [Fact]
    public void Parameters_BatchNorm_ReplacesTheHiddenBiases()
    {
        using var network = new MultilayerPerceptron(2, [400, 400], [2], batchNorm: true);
        // weights, scales and shifts, last layer
        Assert.Equal(2 * 400 + 400 * 400 + 2 * (400 + 400) + 400 * 2 + 2, network.parameters().Sum(p => p.numel()));
        Assert.False(network.IsPlain);
    }

    [Fact]
    public void Call_BatchNorm_TheRestOfTheBatchMattersOnlyInTraining()
    {
        using var scope = NewDisposeScope();
        using var network = new MultilayerPerceptron(3, [8], [2], batchNorm: true).UniformFanIn(new Generator(1));
        var z = randn([4, 3], generator: new Generator(2));
        float Change() => (network.call(z)[..2] - network.call(z[..2])).abs().max().item<float>();
        Assert.True(Change() > 1e-3);
        network.eval();
        Assert.Equal(0, Change(), 1e-6f);
    }
}
