using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Studies;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

/// <summary>Two numbers that no trick has both.</summary>
public sealed class ClassFidelityTests : IDisposable
{
    private static readonly ImageDataset data = Mnist.Test().Take(1000);

    private readonly DisposeScope scope = NewDisposeScope();

    private static int[] Labels => [.. data.Labels.ToArray().Select(l => (int)l)];

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Of_RealDigits_AgreeAndHaveTheVarianceOfTheData()
    {
        using var classifier = RecordedClassifier.Digits();
        var images = ImageTensors.FromBytes(data.ToByteTensor());
        var fidelity = ClassFidelity.Of(classifier, images, Labels, ClassFidelity.Variances(images, Labels, 10));

        Assert.InRange(fidelity.Agreement.Value, 0.98, 1);
        Assert.InRange(fidelity.Permuted.Value, 0.06, 0.14); // 0.1 ± 4 · 0.0095
        Assert.All(fidelity.VarianceRatios, r => Assert.Equal(1, r, 1e-9));
    }

    [Fact]
    public void Of_OneStoredImageForEachClass_AgreesAndHasNoVariance()
    {
        using var classifier = RecordedClassifier.Digits();
        var images = ImageTensors.FromBytes(data.ToByteTensor());
        int[] classes = [.. Enumerable.Range(0, 100).Select(n => n % 10)];
        var stored = images.index_select(0, tensor(classes.Select(c => (long)Array.IndexOf(Labels, c)).ToArray()));
        var fidelity = ClassFidelity.Of(classifier, stored, classes, ClassFidelity.Variances(images, Labels, 10));

        Assert.InRange(fidelity.Agreement.Value, 0.9, 1);
        Assert.Equal(0, fidelity.VarianceRatio, 1e-9);
    }

    // By hand: class 0 has the pixels (0, 2) and (2, 2): variance 2 + 0; class 1 is constant.
    [Fact]
    public void Variances_SmallExample_AreSumsOverPixels()
    {
        var images = tensor(new float[] { 0, 2, 5, 5, 2, 2, 5, 5 }).view(4, 1, 1, 2);

        Assert.Equal([2.0, 0], ClassFidelity.Variances(images, [0, 1, 0, 1], 2));
        Assert.Throws<ArgumentException>(() => ClassFidelity.Variances(images, [0, 1, 1, 1], 2));
        Assert.Throws<ArgumentException>(() => ClassFidelity.Variances(images, [0, 1, 0], 2));
    }
}
