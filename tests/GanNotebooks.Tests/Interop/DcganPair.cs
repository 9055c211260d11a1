using GanNotebooks.Interop;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>The networks of Fixtures/make_fixtures.py, layer for layer and name for name, and what PyTorch computed with them.</summary>
internal static class DcganPair
{
    private const int Noise = 16, Width = 4;

    public static Sequential Generator(ScalarType type) => nn.Sequential(
        ("blocks", nn.Sequential(
            ("0", Block(nn.ConvTranspose2d(Noise, 2 * Width, 7, bias: false))),
            ("1", Block(nn.ConvTranspose2d(2 * Width, Width, 4, stride: 2, padding: 1, bias: false))))),
        ("output", nn.ConvTranspose2d(Width, 1, 4, stride: 2, padding: 1)),
        ("tanh", nn.Tanh())).to(type);

    public static Sequential Discriminator(ScalarType type) => nn.Sequential(
        ("blocks", nn.Sequential(
            ("0", nn.Sequential(("conv", nn.Conv2d(1, Width, 4, stride: 2, padding: 1)), ("activation", nn.LeakyReLU(0.2)))),
            ("1", nn.Sequential(("conv", nn.Conv2d(Width, 2 * Width, 4, stride: 2, padding: 1, bias: false)), ("norm", nn.BatchNorm2d(2 * Width)), ("activation", nn.LeakyReLU(0.2)))))),
        ("output", nn.Conv2d(2 * Width, 1, 7))).to(type);

    /// <summary>noise, images and logits of the file.</summary>
    public static IReadOnlyDictionary<string, Tensor> Values(string file) => new[] { "noise", "images", "logits" }.ToDictionary(n => n, n => PyTorchCheckpoint.ReadTensor(file, n));

    private static Sequential Block(ConvTranspose2d layer) => nn.Sequential(("conv", layer), ("norm", nn.BatchNorm2d(layer.out_channels)), ("activation", nn.ReLU()));
}
