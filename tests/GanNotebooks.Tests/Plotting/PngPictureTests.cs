using GanNotebooks.Plotting;

namespace GanNotebooks.Tests.Plotting;

public sealed class PngPictureTests
{
    // Noise around mid-grey with a grey gap looked like one grey slab; digits on black stay apart by grey.
    [Theory]
    [InlineData(128, 255)]
    [InlineData(100, 255)]
    [InlineData(33, 128)]
    [InlineData(250, 128)]
    public void GapOf_MeanBrightness_ContrastsWithIt(byte mean, byte gap) =>
        Assert.Equal(gap, PngPicture.GapOf([(byte)(mean - 5), mean, (byte)(mean + 5)]));
}
