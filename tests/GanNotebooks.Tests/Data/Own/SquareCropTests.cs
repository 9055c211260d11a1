using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data.Own;

public sealed class SquareCropTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 7)]
    [InlineData(7, 2)]
    [InlineData(9, 9)]
    [InlineData(1000, 3)]
    [InlineData(3, 1000)]
    public void Windows_AnySizes_WeighEveryPixelWithoutChangingTheMean(int edge, int side)
    {
        var windows = SquareCrop.Windows(edge, side);
        double[] total = new double[edge];
        foreach (var (start, weights) in windows)
        {
            Assert.Equal(1, weights.Sum(), 1e-12);
            Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
            Assert.InRange(start, 0, edge - weights.Length);
            for (int k = 0; k < weights.Length; k++)
                total[start + k] += weights[k];
        }

        if (edge >= side) // every source pixel has the same share
            Assert.All(total, share => Assert.Equal((double)side / edge, share, 1e-12));
    }

    [Fact]
    public void Windows_SameSize_ChangesNothing() =>
        Assert.All(SquareCrop.Windows(5, 5).Select((w, k) => (w, k)), one => Assert.Equal(1, one.w.Weights[one.k - one.w.Start], 1e-12));

    // Half of a checkerboard of single pixels is grey; picking pixels would give black or white.
    [Fact]
    public void Read_Checkerboard_BecomesItsMean()
    {
        byte[] square = Square(PictureBytes.Png(16, 16, (x, y) => [(byte)((x + y) % 2 * 255)], PictureBytes.Grey), 4);
        Assert.All(square, value => Assert.InRange(value, 127, 128));
    }

    // Only the middle third is light; the square shows nothing else.
    [Theory]
    [InlineData(30, 10)]
    [InlineData(10, 30)]
    public void Read_LongPicture_IsCutInTheMiddle(int width, int height)
    {
        bool Middle(int x, int y) => Math.Max(width, height) is var longest && (width > height ? x : y) is var along
            && along >= longest / 3 && along < 2 * longest / 3;
        byte[] square = Square(PictureBytes.Png(width, height, (x, y) => [(byte)(Middle(x, y) ? 255 : 0)], PictureBytes.Grey), 5);
        Assert.All(square, value => Assert.Equal(255, value));
    }

    // Between the centres of two source pixels brightness rises evenly.
    [Fact]
    public void Read_SmallPicture_IsInterpolated()
    {
        byte[] square = Square(PictureBytes.Png(2, 2, (x, _) => [(byte)(x * 100)], PictureBytes.Grey), 8);
        Assert.Equal([0, 0, 12, 38, 62, 88, 100, 100], square[..8].Select(v => (int)v));
    }

    private byte[] Square(byte[] file, int side)
    {
        string path = Path.Combine(folder.Path, "one.png");
        File.WriteAllBytes(path, file);
        byte[] square = new byte[side * side];
        Assert.Null(PictureFile.Read(path, side, 1, 255, square));
        return square;
    }
}
