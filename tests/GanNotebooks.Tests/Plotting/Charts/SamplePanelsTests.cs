using System.Text.RegularExpressions;
using GanNotebooks.Plotting;

namespace GanNotebooks.Tests.Plotting;

public sealed class SamplePanelsTests
{
    private static readonly (double X, double Y)[] samples = [(0, 0), (1, -1), (5, 0)];

    [Fact]
    public void ToHtml_TwoPanels_ShowNamesCaptionsRingsAndTheSamplesInside()
    {
        string html = SamplePanels.Of("T", "Two clouds.", [("data", samples, "8 of 8\n<KL> 0"), ("GAN", samples, "2 of 8")], [(1, 1)], 2)
            .ToHtml();
        Assert.Equal(2, Regex.Count(html, "<svg"));
        Assert.Equal(2, Regex.Count(html, "<circle cx=\"150\" cy=\"50\""));
        Assert.Equal(2, Regex.Count(html, "M100 100h0M150 150h0\"")); // up is up; (5, 0) lies outside
        Assert.Contains("8 of 8<br>&lt;KL&gt; 0", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoPanels_IsRefused() => Assert.Throws<ArgumentException>(() => SamplePanels.Of("T", "alt", [], [], 2));

    [Fact]
    public void Of_NoWidth_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePanels.Of("T", "alt", [("a", samples, "")], [], 0));
}
