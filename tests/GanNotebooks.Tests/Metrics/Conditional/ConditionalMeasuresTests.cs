using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

/// <summary>Each measure at its ceiling, the data, and at its floor, an answer that ignores the condition or the noise.</summary>
public sealed class ConditionalMeasuresTests
{
    private static readonly ImageDataset Digits = Mnist.Test();

    [Fact]
    public void ColourLaw_DataAndPointPredictions_HaveTheirClosedForms()
    {
        using var scope = NewDisposeScope();
        using var source = new ColouredDigits(Digits, 1);
        var (samples, grey) = source.NextPair(4000);
        var law = ColourLaw.Of(samples);
        Assert.InRange(law.Red, 0.67, 0.73);
        Assert.Equal(0, law.Mixed.Value, 1e-12);

        Tensor Mean() => cat([(grey + 1) * 0.7 - 1, full_like(grey, -1), (grey + 1) * 0.3 - 1], 1);
        Assert.Equal(law.Red.Value / (law.Red.Value + law.Blue.Value), law.RedOfClear, 1e-12);
        var squared = ColourLaw.Of(Mean());
        Assert.Equal(1, squared.Mixed.Value, 1e-12);
        Assert.Equal(1, squared.Red.Value, 1e-12);
        Assert.Equal(0.7, squared.MeanColour[0], 1e-5);
        Assert.Equal(law, ColourLaw.Of(samples.clamp_min(-0.9)), (a, b) => a.Red == b.Red && a.Blue == b.Blue); // haze is no ink
        Assert.Equal(0.42, ColourLaw.Errors(Mean(), samples).Squared, 0.02); // the share of red varies with the draw

        var red = ColouredDigits.Paint(grey, [.. Enumerable.Repeat(true, 4000)]);
        Assert.Equal(1, ColourLaw.Of(red).Red.Value);
        Assert.Equal(0.6, ColourLaw.Errors(red, samples).Absolute, 0.06);
        Assert.True(ColourLaw.Errors(red, samples).Squared > 0.5);
    }

    [Fact]
    public void SpreadOverNoise_StoredAnswer_IsZeroAndNoiseIsItsVariance()
    {
        using var scope = NewDisposeScope();
        var stored = randn([3, 1, 50]).expand(3, 8, 50);
        Assert.Equal(0, SpreadOverNoise.Of(stored).Value, 1e-12);
        using var generator = new Generator(1);
        Assert.Equal(4, SpreadOverNoise.Of(2 * randn([20, 50, 50], generator: generator)).Value, 0.15);
        Assert.Throws<ArgumentException>(() => SpreadOverNoise.Of(zeros([3, 1, 50])));
    }

    [Fact]
    public void CaptionReader_Data_ReadsNearlyAllAndShuffledCaptionsByChance()
    {
        using var scope = NewDisposeScope();
        using var source = new CaptionedDigits(Digits, 1);
        using var network = RecordedClassifier.Digits();
        var captions = CaptionedDigits.RandomCaptions(new(7), 1000, heldOut: true);
        var read = new CaptionReader(network).Read(source.Render(new(8), captions));
        var right = CaptionAgreement.Of(captions, read);
        Assert.InRange(right.Digit, 0.93, 1);
        Assert.InRange(right.Place, 0.99, 1);
        Assert.InRange(right.Colour, 0.999, 1);
        Assert.InRange(right.Size, 0.95, 1);
        int[] order = new SeededRandom(9).NextPermutation(1000);
        var shuffled = CaptionAgreement.Of([.. order.Select(n => captions[n])], read);
        Assert.InRange(shuffled.Digit, 0.08, 0.18); // eight digits of ten are held out: 1/8
        Assert.InRange(shuffled.Place, 0.2, 0.3);
    }
}
