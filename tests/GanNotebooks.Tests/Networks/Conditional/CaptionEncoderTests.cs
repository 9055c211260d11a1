using GanNotebooks.Data;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class CaptionEncoderTests
{
    private static CaptionEncoder Create()
    {
        using var weights = new Generator(1);
        return new CaptionEncoder(Caption.Vocabulary.Count, code: 16).UniformFanIn(weights);
    }

    [Fact]
    public void Forward_Captions_HaveMeanZeroVarianceOneAndDifferByWord()
    {
        using var scope = NewDisposeScope();
        using var encoder = Create();
        var codes = encoder.call(CaptionedDigits.Conditions(["a red seven at the left", "a red six at the left", "a six at the top"]));
        Assert.Equal([3, 16], codes.shape);
        Assert.Equal(0, codes.mean([1L]).abs().max().item<float>(), 1e-5);
        Assert.Equal(1, codes.var(1, unbiased: false).mean().item<float>(), 0.02);
        Assert.True((codes[0] - codes[1]).abs().max().item<float>() > 0.01);
    }

    // Padding carries no meaning, and the words are a set: both orders of a caption say the same.
    [Fact]
    public void Forward_OrderAndPadding_ChangeNothing()
    {
        using var scope = NewDisposeScope();
        using var encoder = Create();
        var padded = CaptionedDigits.Conditions(["a red seven at the left", "at the left a red seven"]);
        var codes = encoder.call(padded);
        Assert.Equal(0, (codes[0] - codes[1]).abs().max().item<float>(), 1e-5);
        var longer = cat([zeros(2, 3), padded], 1);
        Assert.Equal(0, (encoder.call(longer) - codes).abs().max().item<float>(), 1e-5);
    }

    [Fact]
    public void Attention_Words_SumToOneWithoutThePadding()
    {
        using var scope = NewDisposeScope();
        using var encoder = Create();
        var weights = encoder.Attention(CaptionedDigits.Conditions(["a six at the top"])); // [1, 8, heads]
        Assert.Equal(1, weights.sum([1L]).min().item<float>(), 1e-5);
        Assert.Equal(0, weights[0, 0].abs().max().item<float>());
    }

    [Fact]
    public void Forward_OneImage_Throws()
    {
        using var encoder = Create();
        Assert.Throws<ArgumentException>(() => encoder.call(zeros(1, 1, 8)));
    }
}
