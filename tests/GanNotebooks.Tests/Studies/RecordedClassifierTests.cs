using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class RecordedClassifierTests
{
    private static string Folder(string name) => Path.Combine(DataFolder.Find(), "pretrained", name);

    private static JsonNode Record(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(name), "record.json")))!;

    [Fact]
    public void Digits_AllTestImages_AreReadAsRecordedAndWithinOnePercent()
    {
        using var network = RecordedClassifier.Digits();
        var accuracy = network.Accuracy(Mnist.Test());
        Assert.InRange(accuracy.Value, 0.99, 1);
        // two images may fall on the other side on another processor
        Assert.Equal((double)Record("mnist-classifier")["testAccuracy"]!, accuracy.Value, 2e-4);
        Assert.Equal(LeNet.FeatureCount, 84);
    }

    [Fact]
    public void Fashion_AllTestImages_AreReadAsRecorded()
    {
        Assert.SkipUnless(FashionMnist.IsAvailable(), "Fashion-MNIST is not installed: apt install dataset-fashion-mnist");
        using var network = RecordedClassifier.Fashion();
        Assert.Equal((double)Record("fashion-mnist-classifier")["testAccuracy"]!, network.Accuracy(FashionMnist.Test()).Value, 5e-4);
    }

    [Theory]
    [InlineData("mnist-classifier")]
    [InlineData("fashion-mnist-classifier")]
    public void Record_Settings_AreTheDefaultsOfTheTraining(string name)
    {
        var training = new ClassifierTraining();
        var recorded = Record(name)["training"]!;
        Assert.Equal(training, new ClassifierTraining(
            (int)recorded["Epochs"]!, (int)recorded["BatchSize"]!, (double)recorded["LearningRate"]!, (double)recorded["WeightDecay"]!,
            (int)recorded["MaxShift"]!, (int)recorded["Seed"]!));
        Assert.InRange(new FileInfo(Path.Combine(Folder(name), "weights.safetensors")).Length, 61_706 * 4, 61_706 * 4 + 2048);
    }

    [Fact]
    public void Features_LastLayer_GivesTheLogits()
    {
        using var network = new LeNet();
        var images = rand([3, 1, 28, 28], generator: new Generator(1)) * 2 - 1;
        Assert.Equal([3L, 84], network.Features(images).shape);
        Assert.True(network.Classify(network.Features(images)).allclose(network.call(images)));
        Assert.True(network.call(images.flatten(1)).allclose(network.call(images)));
        Assert.Equal(61_706, network.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Call_OtherSize_IsRefused()
    {
        using var network = new LeNet();
        Assert.Contains("[2, 1, 32, 32]", Assert.Throws<ArgumentException>(() => network.call(zeros(2, 1, 32, 32))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Features_ManyBlocks_AreThoseOfOneByOneInTheirOrder()
    {
        using var network = new FeatureNetwork(new LeNet(), "untrained");
        var images = rand([1005, 784], generator: new Generator(1)) * 2 - 1;
        using var all = network.Features(images);
        using var last = network.Features(images.narrow(0, 1003, 2));
        Assert.Equal("84 features of untrained", all.Space);
        Assert.True(all.Rows.narrow(0, 1003, 2).allclose(last.Rows, 1e-4, 1e-5));
    }

    [Fact]
    public void Train_SameSeed_GivesTheSameBitsAndLearns()
    {
        var few = Mnist.Train().Take(2000);
        var training = new ClassifierTraining(Epochs: 2, BatchSize: 50);
        var losses = new List<double>();
        using var a = new FeatureNetwork(training.Train(few, (_, loss) => losses.Add(loss)), "a");
        using var b = new FeatureNetwork(training.Train(few), "b");
        var images = Mnist.Test().Take(100).ToTensor();
        Assert.True(a.Logits(images).Equals(b.Logits(images)));
        Assert.True(losses[1] < losses[0] && losses[1] < 0.9 * Math.Log(10), string.Join(", ", losses));
    }

    [Fact]
    public void Train_SettingOutOfRange_IsRefused() =>
        Assert.Contains("BatchSize = 11",
            Assert.Throws<ArgumentException>(() => new ClassifierTraining(BatchSize: 11).Train(Mnist.Test().Take(10))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void StackedModes_ClassifierOnRealStacks_ReadsAlmostAllModesRight()
    {
        using var network = RecordedClassifier.Digits();
        using var source = new StackedMnist(Mnist.Test(), seed: 5);
        var (images, modes) = source.NextWithModes(1000);
        var read = StackedModes.Of(images, network);
        var truth = StackedModes.OfModes(modes, "labels");
        Assert.Equal(1000, read.Count);
        // each digit is misread with a probability below 0.01: at most 30 of 3,000, and most stay new modes
        Assert.Equal(truth.Captured, read.Captured, 25.0);
        Assert.Equal(truth.KL.Value, read.KL.Value, 0.03);
    }
}
