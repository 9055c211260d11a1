using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

/// <summary>
/// The fast layers are torch's own by value and by gradient; the tolerances are those of float32 sums of some thousand terms in another
/// order.
/// </summary>
public sealed class PixelLayersTests
{
    [Theory]
    [InlineData(1, 28)]
    [InlineData(3, 8)]
    public void Convolution_IsTorchsConvolution(int channels, int size)
    {
        var layer = new SpaceToDepthConv2d(channels, 6);
        Compare(layer, randn(5, channels, size, size), x => nn.functional.conv2d(x, layer.Weight(), layer.Bias(), [2, 2], [1, 1]));
    }

    [Theory]
    [InlineData(1, 14)]
    [InlineData(3, 4)]
    public void TransposedConvolution_IsTorchsTransposedConvolution(int channels, int size)
    {
        var layer = new DepthToSpaceConv2d(6, channels);
        Compare(layer, randn(5, 6, size, size), x => nn.functional.conv_transpose2d(x, layer.Weight(), layer.Bias(), [2, 2], [1, 1]));
    }

    [Fact]
    public void Projection_IsTorchsTransposedConvolution()
    {
        var layer = new NoiseProjection(9, 6, 7);
        Compare(layer, randn(5, 9), x => nn.functional.conv_transpose2d(x.view(-1, 9, 1, 1), layer.Weight()));
    }

    // What a PyTorch network with the same keys computes.
    [Fact]
    public void Discriminator_IsThePlainNetwork()
    {
        var d = new DcganDiscriminator(28, 1, width: 8).Dcgan(new Generator(3));
        var p = d.named_parameters().ToDictionary(x => x.name, x => x.parameter);
        Compare(d, randn(6, 1, 28, 28), x =>
        {
            var h = nn.functional.leaky_relu(nn.functional.conv2d(x, p["blocks.0.conv.weight"], p["blocks.0.conv.bias"], [2, 2], [1, 1]),
                0.2);
            h = nn.functional.conv2d(h, p["blocks.1.conv.weight"], null!, [2, 2], [1, 1]);
            h = nn.functional.leaky_relu(nn.functional.batch_norm(h, null!, null!, p["blocks.1.norm.weight"], p["blocks.1.norm.bias"],
                training: true, 0.1, 1e-5), 0.2);
            return nn.functional.conv2d(h, p["output.weight"], p["output.bias"]).view(-1, 1);
        });
    }

    [Fact]
    public void Generator_IsThePlainNetwork()
    {
        var g = new DcganGenerator(28, 1, noise: 9, width: 8).Dcgan(new Generator(3));
        var p = g.named_parameters().ToDictionary(x => x.name, x => x.parameter);
        Compare(g, randn(6, 9), x =>
        {
            var h = nn.functional.relu(Normalised(nn.functional.conv_transpose2d(x.view(-1, 9, 1, 1), p["blocks.0.conv.weight"]), 0));
            h = nn.functional.relu(Normalised(nn.functional.conv_transpose2d(h, p["blocks.1.conv.weight"], null!, [2, 2], [1, 1]), 1));
            return nn.functional.conv_transpose2d(h, p["output.weight"], p["output.bias"], [2, 2], [1, 1]).tanh();
        });
        Tensor Normalised(Tensor h, int i) =>
            nn.functional.batch_norm(h, null!, null!, p[$"blocks.{i}.norm.weight"], p[$"blocks.{i}.norm.bias"], training: true, 0.1, 1e-5);
    }

    private static void Compare(nn.Module<Tensor, Tensor> layer, Tensor samples, Func<Tensor, Tensor> plain)
    {
        using var scope = NewDisposeScope();
        layer.train();
        var x = samples.requires_grad_(true);
        Tensor[] leaves = [x, .. layer.parameters()];
        var (ours, theirs) = (layer.call(x), plain(x));
        Close(theirs, ours, 1e-5);
        var direction = randn_like(theirs);
        var (a, b) = (autograd.grad([(theirs * direction).sum()], leaves), autograd.grad([(ours * direction).sum()], leaves));
        foreach (var (expected, got) in a.Zip(b))
            Close(expected, got, 1e-4);
    }

    private static void Close(Tensor expected, Tensor got, double relative)
    {
        Assert.Equal(expected.shape, got.shape);
        Assert.Equal(0, (expected - got).abs().max().item<float>(), relative * Math.Max(1, expected.abs().max().item<float>()));
    }
}
