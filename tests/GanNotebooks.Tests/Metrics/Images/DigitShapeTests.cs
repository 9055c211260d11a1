using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class DigitShapeTests
{
    [Fact]
    public void Of_StrokeThatLeans_HasTheSlantItWasDrawnWith()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 1, 21, 21], -1f);
        for (int row = 0; row < 21; row++)
            image[0, 0, row, 15 - row / 2] = 1; // half a column to the right for each row upwards, in whole pixels
        var shape = DigitShape.Of(image).Single();
        Assert.Equal(0.5, shape.Slant, 0.01); // rounding to pixels
        Assert.Equal(21.0 / 441, shape.Ink, 1e-9);
        Assert.Equal(Math.Sqrt((21 * 21 - 1) / 12.0), shape.Height, 1e-6); // uniform on 21 rows
    }

    [Fact]
    public void Of_Mirrored_HasTheOppositeSlantAndTheSameSize()
    {
        using var scope = NewDisposeScope();
        var images = rand([3, 1, 8, 8], generator: new Generator(1)) * 2 - 1;
        var (plain, mirrored) = (DigitShape.Of(images), DigitShape.Of(images.flip(3)));
        for (int n = 0; n < 3; n++)
        {
            Assert.Equal(-plain[n].Slant, mirrored[n].Slant, 1e-9);
            Assert.Equal(plain[n].Width, mirrored[n].Width, 1e-9);
        }
    }

    [Fact]
    public void Of_BlackImage_IsFinite() => Assert.Equal(0, DigitShape.Of(full([1, 1, 4, 4], -1f)).Single().Ink);

    [Fact]
    public void Of_WrongShape_IsRefused() =>
        Assert.Contains("[3, 4]", Assert.Throws<ArgumentException>(() => DigitShape.Of(zeros(3, 4))).Message, StringComparison.Ordinal);
}
