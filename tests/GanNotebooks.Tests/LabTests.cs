namespace GanNotebooks.Tests;

public sealed class LabTests
{
    [Fact]
    public void Steps_WithoutBound_AreThoseOfTheProfile()
    {
        Assert.Equal(500, Lab.Open("00-test").Steps(quick: 500, full: 20_000));
        Assert.Equal(20_000, Lab.Open("00-test", profile: Profile.Full).Steps(quick: 500, full: 20_000));
    }

    [Fact]
    public void Steps_Bounded_AreAtMostThatAndTheLineSaysSo() => With("700", () =>
    {
        var lab = Lab.Open("00-test", profile: Profile.Full);
        Assert.Equal((500, 700), (lab.Steps(quick: 200, full: 500), lab.Steps(quick: 500, full: 20_000)));
        Assert.Equal(20_000, lab.Pick(quick: 500, full: 20_000));
        Assert.Contains("profile full, at most 700 steps a run,", lab.ToString(), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void Open_BoundThatIsNone_IsRefused(string value) => With(value, () =>
        Assert.Contains($"GAN_NOTEBOOKS_MAX_STEPS is '{value}'; it must be a whole number, 1 or larger",
            Assert.Throws<ArgumentException>(() => Lab.Open("00-test")).Message, StringComparison.Ordinal));

    // Torch rounds convolutions on a GPU to eleven bits unless told not to.
    [Fact]
    public void Open_Always_KeepsAllDigitsOfProducts()
    {
        TorchSharp.torch.backends.cudnn.allow_tf32 = true;
        Lab.Open("00-test");
        Assert.False(TorchSharp.torch.backends.cudnn.allow_tf32);
        Assert.False(TorchSharp.torch.backends.cuda.matmul.allow_tf32);
    }

    private static void With(string value, Action action)
    {
        const string name = "GAN_NOTEBOOKS_MAX_STEPS";
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
