using GanNotebooks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

/// <summary>How each network uses its condition.</summary>
public sealed class ConditionalNetworkTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Concatenated_Vectors_AreJoined()
    {
        var body = new MultilayerPerceptron(5, [7], [2]);
        var (x, c) = (randn(6, 3), randn(6, 2));

        AssertClose(body.call(cat([x, c], 1)), new ConcatenatedCondition(body).call(x, c));
    }

    [Fact]
    public void Concatenated_VectorBesideImage_BecomesConstantPlanes()
    {
        var body = new PatchDiscriminator(3, 28, 4);
        body.eval();
        var (x, c) = (randn(2, 1, 28, 28), randn(2, 2));
        var planes = c.unsqueeze(2).unsqueeze(3) * ones(2, 2, 28, 28);

        AssertClose(body.call(cat([x, planes], 1)), new ConcatenatedCondition(body).call(x, c));
        Assert.Throws<ArgumentException>(() => new ConcatenatedCondition(body).call(x, zeros(2, 2, 2)));
    }

    [Fact]
    public void ConditionAtInput_NoiseAndCondition_AreJoinedAndTheConditionIsGivenOnceMore()
    {
        var body = new ConcatenatedCondition(new MultilayerPerceptron(8, [7], [2]));
        var (z, c) = (randn(6, 2), randn(6, 3));

        AssertClose(body.call(cat([z, c], 1), c), new ConditionAtInput(body).call(z, c));
    }

    // Equation 3 of Miyato and Koyama (2018), with the matrices read from the network.
    [Fact]
    public void Projection_Logit_IsHeadPlusInnerProduct()
    {
        var phi = new MultilayerPerceptron(3, [7], [4]);
        var d = new ProjectionDiscriminator(phi, 4, 2);
        var named = d.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        var (x, c) = (randn(6, 3), randn(6, 2));
        var f = phi.call(x);
        var expected = f.matmul(named["head.weight"].t()) + named["head.bias"]
            + (f * c.matmul(named["embedding.weight"].t())).sum(1, keepdim: true);

        AssertClose(expected, d.call(x, c));
        Assert.Throws<ArgumentException>(() => d.call(x, randn(6, 3)));
    }

    // A class with scale 1 + w and shift v: mean v and deviation |1 + w| in each channel.
    [Fact]
    public void ConditionalBatchNorm_EachClass_HasItsScaleAndShift()
    {
        var layer = new ConditionalBatchNorm2d(2, 2);
        using (no_grad())
        {
            layer.get_parameter("scale.weight")!.copy_(tensor([0f, 1f, 0f, -3f]).view(2, 2)); // rows: channels
            layer.get_parameter("shift.weight")!.copy_(tensor([5f, 0f, 0f, -1f]).view(2, 2));
        }
        var x = randn(40, 2, 6, 6);
        Tensor All(int k) => layer.call(x, nn.functional.one_hot(full([40], k, int64), 2).to(float32));

        foreach (var (k, channel, mean, deviation) in new[] { (0, 0, 5.0, 1.0), (0, 1, 0, 1), (1, 0, 0, 2), (1, 1, -1, 2) })
        {
            var plane = All(k)[.., channel];
            Assert.Equal(mean, plane.mean().item<float>(), 1e-4);
            Assert.Equal(deviation, plane.std(unbiased: false).item<float>(), 1e-3);
        }
    }

    [Fact]
    public void Auxiliary_Logit_DoesNotSeeTheCondition()
    {
        var d = new AuxiliaryDiscriminator(new MultilayerPerceptron(3, [7], [4]), 4, 2);
        var x = randn(6, 3);

        AssertClose(d.call(x, zeros(6, 2)), d.call(x, ones(6, 2)));
        Assert.Equal([6L, 2], d.Classify(x).shape);
    }

    [Fact]
    public void UNet_Output_DependsOnNoiseAndOnEachPartOfTheCondition()
    {
        var g = new UNetGenerator(2, 3, 28, 4, 6).Dcgan(new Generator(1));
        g.eval();
        var (z, c) = (randn(1, 4), randn(1, 2, 28, 28));
        var made = g.call(z, c);
        var corner = c.clone();
        corner[0, 1, 0, 0] += 1;

        Assert.Equal([1L, 3, 28, 28], made.shape);
        Assert.True((g.call(z + 1, c) - made).abs().max().item<float>() > 0);
        Assert.True((g.call(z, corner) - made).abs().max().item<float>() > 0);
        Assert.Throws<ArgumentException>(() => g.call(z, randn(1, 1, 28, 28)));
        Assert.Throws<ArgumentException>(() => g.call(randn(1, 5), c));
    }

    // Two convolutions of kernel 4 and stride 2 and one of kernel 3: 4, then 10, then 18 pixels; the first patch begins at −7.
    [Fact]
    public void PatchDiscriminator_Logit_Sees18Pixels()
    {
        var d = new PatchDiscriminator(1, 28, 4);
        d.eval();
        var x = randn(1, 1, 28, 28).requires_grad_(true);
        var gradient = autograd.grad([d.call(x)[0, 3 * 7 + 3]], [x])[0][0, 0].abs(); // the middle patch
        var rows = gradient.sum(dim: 1).nonzero().flatten();

        Assert.Equal(18, rows.numel());
        Assert.Equal([1L, 49], d.call(x).shape);
    }

    [Fact]
    public void ConditionalDcgan_Classes_GiveDifferentImagesOfOneShape()
    {
        var g = new ConditionalDcganGenerator(10, noise: 8, width: 4, extraLayer: true).Dcgan(new Generator(1));
        g.eval();
        var z = randn(1, 8);
        Tensor Of(long k) => g.call(z, nn.functional.one_hot(tensor([k]), 10).to(float32));

        Assert.Equal([1L, 1, 28, 28], Of(0).shape);
        Assert.True((Of(0) - Of(1)).abs().max().item<float>() > 0);
    }

    [Fact]
    public void Encoded_Condition_IsTheCodeOfTheInnerNetwork()
    {
        var (encoder, inner) = (new MultilayerPerceptron(4, [5], [2]), new ConcatenatedCondition(new MultilayerPerceptron(5, [6], [1])));
        var (x, c) = (randn(3, 3), randn(3, 4));

        AssertClose(inner.call(x, encoder.call(c)), new EncodedCondition(encoder, inner).call(x, c));
        AssertClose(new IgnoredCondition(encoder).call(c, x), encoder.call(c));
    }

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.True((expected - actual).abs().max().item<float>() < 1e-5);
}
