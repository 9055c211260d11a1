using System.Security.Cryptography;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests;

public sealed class PretrainedTests
{
    public static TheoryData<string> Folders => [.. Directory.GetDirectories(Path.Combine(DataFolder.Find(), "pretrained"), "*-dcgan").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Draw_AnyNoise_GivesImagesInRangeThatRepeat(string folder)
    {
        using var scope = NewDisposeScope();
        using var gan = Pretrained.Load(Path.Combine(DataFolder.Find(), "pretrained", folder));
        var images = gan.Draw(gan.Noise(64, seed: 1));
        Assert.Equal([64, 1, 28, 28], images.shape);
        Assert.InRange(images.abs().max().item<float>(), 0.9f, 1);
        Assert.False(gan.Generator.training || gan.Discriminator.training);
        Assert.True(images.equal(gan.Draw(gan.Noise(64, seed: 1))).all().item<bool>());
        Assert.True(images.std(0).mean().item<float>() > 0.2, "all images are the same");
        Assert.Equal([64, 1], gan.Discriminator.call(images).shape);
    }

    // The record says which bytes it is about; 10 MB is what all recorded weights may take.
    [Theory]
    [MemberData(nameof(Folders))]
    public void Weights_AreTheRecordedBytes(string folder)
    {
        string path = Path.Combine(DataFolder.Find(), "pretrained", folder);
        using var gan = Pretrained.Load(path);
        foreach (var name in new[] { "generator", "discriminator" })
            Assert.Equal(gan.Record.GetProperty("sha256").GetProperty(name).GetString(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(path, name + ".safetensors")))));
        Assert.InRange(Directory.EnumerateFiles(Path.Combine(DataFolder.Find(), "pretrained"), "*.safetensors", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length), 1, 10_000_000);
    }

    // What the README of the folder states, less four standard errors for 1,000 samples.
    [Fact]
    public void MnistDcgan_ThousandSamples_AreDigitsToTheClassifier()
    {
        using var gan = Pretrained.MnistDcgan();
        using var judge = RecordedClassifier.Digits();
        using var images = gan.Draw(gan.Noise(1000, seed: 2));
        var score = judge.Score(images);
        Assert.True(score.TopProbability.Value > 0.935, $"{score}");
        Assert.True(score.Labels.TotalVariation(LabelHistogram.Of(Mnist.Train())).Value < 0.1);
    }
}
