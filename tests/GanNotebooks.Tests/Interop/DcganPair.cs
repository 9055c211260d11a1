using GanNotebooks.Interop;
using GanNotebooks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>The networks of Fixtures/make_fixtures.py, name for name, and what PyTorch computed with them.</summary>
internal static class DcganPair
{
    public const int Noise = 16;
    private const int Size = 28, Width = 4;

    public static DcganGenerator Generator(ScalarType type) =>
        (DcganGenerator)new DcganGenerator(Size, noise: Noise, width: Width).to(type);

    public static DcganDiscriminator Discriminator(ScalarType type) =>
        (DcganDiscriminator)new DcganDiscriminator(Size, width: Width).to(type);

    /// <summary>noise, images and logits of the file.</summary>
    public static IReadOnlyDictionary<string, Tensor> Values(string file) =>
        new[] { "noise", "images", "logits" }.ToDictionary(n => n, n => PyTorchCheckpoint.ReadTensor(file, n));
}
