using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

public sealed class ConditionedDataTests
{
    private static readonly ImageDataset Digits = Mnist.Test();

    public static TheoryData<string> Sources => ["coloured", "outlined", "captioned"];

    private static DrawnPairs Source(string name, long seed = 3) => name switch
    {
        "coloured" => new ColouredDigits(Digits, seed),
        "outlined" => new OutlinedImages(Digits, seed),
        _ => new CaptionedDigits(Digits, seed),
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void NextPair_AfterSeek_RepeatsBitForBit(string name)
    {
        using var scope = NewDisposeScope();
        using var first = Source(name);
        using var second = Source(name);
        first.NextPair(5);
        var position = first.Position;
        var expected = first.NextPair(5);
        second.Seek(position);
        var got = second.NextPair(5);
        Assert.True(expected.Samples.equal(got.Samples).all().item<bool>());
        Assert.True(expected.Conditions.equal(got.Conditions).all().item<bool>());
        second.Seek(position);
        Assert.True(expected.Samples.equal(second.Next(5)).all().item<bool>());
    }

    [Fact]
    public void Captions_OneScene_DifferInTheDigitOnly()
    {
        using var scope = NewDisposeScope();
        using var source = new CaptionedDigits(Digits, 3) { Scene = new(0, CaptionPlace.Top, CaptionColour.Red, CaptionSize.Large) };
        var (samples, conditions) = source.NextPair(200);
        var words = conditions.data<float>().ToArray().Chunk(Caption.Length)
            .Select(tokens => tokens.Select(t => Caption.Vocabulary[(int)t]).Order(StringComparer.Ordinal)).ToList();
        string[] scene = ["", "a", "at", "is", "large", "red", "the", "top"];
        Assert.All(words, w => Assert.Single(w.Except(scene)));
        Assert.Equal(10, words.Select(w => w.Except(scene).Single()).Distinct().Count());
        Assert.Equal(-1, samples.narrow(1, 1, 2).max().item<float>()); // no green, no blue
    }

    [Theory]
    [InlineData(SceneParts.Images)]
    [InlineData(SceneParts.Texts)]
    public void Captions_SceneInOnePart_TheOtherOneVaries(SceneParts part)
    {
        using var scope = NewDisposeScope();
        using var source = new CaptionedDigits(Digits, 3)
        {
            Scene = new(0, CaptionPlace.Top, CaptionColour.Red, CaptionSize.Large), SceneIn = part,
        };
        var (samples, conditions) = source.NextPair(200);
        string[] words = [.. conditions.data<float>().ToArray().Select(t => Caption.Vocabulary[(int)t]).Distinct()];
        Assert.Equal(part == SceneParts.Images, words.Contains("small") && words.Contains("bottom") && words.Contains("blue"));
        Assert.Equal(10, words.Count(w => w is "zero" or "one" or "two" or "three" or "four" or "five" or "six" or "seven" or "eight"
            or "nine"));
        Assert.Equal(part == SceneParts.Texts, samples.narrow(1, 1, 2).max().item<float>() > 0); // some green or blue
        var top = samples.narrow(2, 20, 8).amax([1L, 2L, 3L]);
        Assert.Equal(part == SceneParts.Texts, top.max().item<float>() > 0); // some ink in the lowest rows
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void NextPair_Shapes_AreTheOnesOfTheSource(string name)
    {
        using var scope = NewDisposeScope();
        using var source = Source(name);
        var pair = source.NextPair(4);
        Assert.Equal([4, .. source.SampleShape], pair.Samples.shape);
        Assert.Equal([4, .. source.ConditionShape], pair.Conditions.shape);
        Assert.InRange(pair.Samples.min().item<float>(), -1, 1);
        Assert.Equal(ScalarType.Float32, pair.Conditions.dtype);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void SampleConditions_AnyIndex_LeavesThePositionAndDependsOnTheIndex(string name)
    {
        using var scope = NewDisposeScope();
        using var source = Source(name);
        var before = source.Position;
        var (a, b, c) = (source.SampleConditions(6, 0), source.SampleConditions(6, 0), source.SampleConditions(6, 1));
        Assert.Equal(before, source.Position);
        Assert.True(a.equal(b).all().item<bool>());
        Assert.False(a.equal(c).all().item<bool>());
        Assert.True(a.equal(source.SamplePairs(6, 0).Conditions).all().item<bool>());
    }

    [Fact]
    public void ColouredDigits_ManySamples_AreRedWithTheirProbabilityWhateverTheDigit()
    {
        using var scope = NewDisposeScope();
        using var source = new ColouredDigits(Digits, 1);
        var (samples, conditions) = source.NextPair(4000);
        var ink = (samples + 1).sum([2L, 3L]); // [N, 3]
        double red = ink.select(1, 0).gt(0).to(float32).mean().item<float>();
        Assert.InRange(red, 0.7 - 0.03, 0.7 + 0.03); // four standard errors are 0.029
        Assert.Equal(0, ink.select(1, 1).abs().max().item<float>());
        // The brightest channel is the grey digit.
        Assert.True(samples.amax([1L]).unsqueeze(1).equal(conditions).all().item<bool>());
    }

    [Fact]
    public void Outline_Square_IsTheTwoPixelsAroundItsEdge()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 1, 9, 9], -1.0f);
        image[0, 0].narrow(0, 2, 5).narrow(1, 2, 5).fill_(1);
        var outline = OutlinedImages.Outline(image);
        Assert.Equal(49 - 9, outline.gt(0).sum().item<long>()); // dilated 7 x 7, eroded 3 x 3
        Assert.Equal(-1, outline[0, 0, 4, 4].item<float>());
        Assert.Equal(1, outline[0, 0, 1, 1].item<float>());
    }

    [Fact]
    public void OutlinedImages_BrightnessInside_IsNotInTheCondition()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 1, 9, 9], -1.0f);
        image[0, 0].narrow(0, 2, 5).narrow(1, 2, 5).fill_(0.1f);
        var other = image.clone();
        other[0, 0].narrow(0, 3, 3).narrow(1, 3, 3).fill_(0.9f);
        Assert.True(OutlinedImages.Outline(image).equal(OutlinedImages.Outline(other)).all().item<bool>());
    }

    [Fact]
    public void CaptionedDigits_TwoThousandCaptions_NeverContainAHeldOutPair()
    {
        using var scope = NewDisposeScope();
        using var source = new CaptionedDigits(Digits, 2);
        float[] tokens = source.NextPair(2000).Conditions.data<float>().ToArray();
        string[] texts = [.. tokens.Chunk(Caption.Length).Select(row => string.Join(' ', row.Select(t => Caption.Vocabulary[(int)t])))];
        var forbidden = CaptionedDigits.HeldOut.Select(pair => (Caption.Vocabulary[10 + pair.Digit],
            pair.Place.ToString().ToLowerInvariant()));
        foreach (var (digit, place) in forbidden)
            Assert.DoesNotContain(texts, text => text.Split(' ').Contains(digit) && text.Split(' ').Contains(place));
        Assert.All(CaptionedDigits.RandomCaptions(new(5), 200, heldOut: true), c =>
            Assert.Contains((c.Digit, c.Place), CaptionedDigits.HeldOut));
    }

    [Theory]
    [InlineData(false, "a small red seven at the left")]
    [InlineData(true, "at the left is a small red seven")]
    public void Caption_Text_TokenisesToItsWords(bool placeFirst, string expected)
    {
        string text = new Caption(7, CaptionPlace.Left, CaptionColour.Red, CaptionSize.Small).ToText(placeFirst);
        Assert.Equal(expected, text);
        Assert.Equal(expected, string.Join(' ', Caption.Tokens(text).Where(t => t > 0).Select(t => Caption.Vocabulary[(int)t])));
        Assert.Equal("a three at the top", new Caption(3, CaptionPlace.Top).ToText());
    }

    [Fact]
    public void Tokens_UnknownWord_ThrowsAndNamesIt() =>
        Assert.Contains("\"eleven\"", Assert.Throws<ArgumentException>(() => Caption.Tokens("a eleven at the top")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Vocabulary_Words_AreDistinct() => Assert.Equal(24, Caption.Vocabulary.Distinct().Count());
}
