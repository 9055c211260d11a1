using System.Security.Cryptography;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Tests.Runtime.Files;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class PretrainedTests
{
    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Path.Combine(DataFolder.Find(), "pretrained"), "*-dcgan").Select(f => Path.GetFileName(f))];

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

    // The record says which bytes it is about; 16 MB is what all recorded weights may take.
    [Theory]
    [MemberData(nameof(Folders))]
    public void Weights_AreTheRecordedBytes(string folder)
    {
        string path = Path.Combine(DataFolder.Find(), "pretrained", folder);
        using var gan = Pretrained.Load(path);
        foreach (string? name in new[] { "generator", "discriminator" })
        {
            Assert.Equal(gan.Record.GetProperty("sha256").GetProperty(name).GetString(),
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(path, name + ".safetensors")))));
        }

        Assert.InRange(Directory.EnumerateFiles(Path.Combine(DataFolder.Find(), "pretrained"), "*.safetensors", SearchOption.AllDirectories)
            .Sum(f => new FileInfo(f).Length), 1, 16_000_000);
    }

    // What was asked of the recorded generator: a mean top probability of 0.95 (here over five draws; one alone has a standard error of
    // 0.001), every label's share within 0.05 in sum.
    [Fact]
    public void MnistDcgan_FiveTimesTenThousandSamples_MeetWhatWasAsked()
    {
        using var gan = Pretrained.MnistDcgan();
        using var judge = RecordedClassifier.Digits();
        var digits = LabelHistogram.Of(Mnist.Train());
        var scores = Enumerable.Range(1, 5).Select(seed =>
        {
            using var scope = NewDisposeScope();
            return judge.Score(gan.Draw(gan.Noise(10_000, seed)));
        }).ToArray();
        Assert.True(scores.Average(s => s.TopProbability.Value) >= 0.95, string.Join("; ", scores.Select(s => $"{s.TopProbability}")));
        Assert.All(scores, s => Assert.True(s.Labels.TotalVariation(digits).Value <= 0.05, $"{s.Labels.TotalVariation(digits)}"));
    }

    // Both ends of the record: what a run saves is what Load builds.
    [Fact]
    public void Load_SavedRun_HasItsNetworksAndSaysHowItWasMade()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var recipe = new TrainingRecipe("stacked", "dcgan") { Steps = 2, BatchSize = 4, Width = 2, Packing = 2, Seed = 7 };
        using var trainer = recipe.Create(CPU).Run();
        Pretrained.Save(folder.Path, trainer, recipe);
        using var gan = Pretrained.Load(folder.Path);
        var (noise, averaged) = (gan.Noise(4, seed: 1), empty(0));
        trainer.WithAverage(g => averaged = g.call(noise).MoveToOuterDisposeScope());
        Assert.True(averaged.equal(gan.Draw(noise)).all().item<bool>());
        Assert.All(trainer.Discriminator.parameters().Zip(gan.Discriminator.parameters()),
            pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.Equal("workbook train --data stacked --model dcgan --steps 2 --batch 4 --width 2 --d-rate 0.0002 --g-rate 0.001 --seed 7 "
            + "--packing 2", gan.Record.GetProperty("madeBy").GetString());
        Assert.Equal(8, gan.Record.GetProperty("run").GetProperty("settings").GetProperty("BatchSize").GetInt32());
    }

    // What workbook train leaves of colours, packs and bfloat16.
    [Fact]
    public void Load_PackedColoursInBFloat16_GivesFloat32Images()
    {
        using var folder = new TemporaryFolder();
        using (var g = new DcganGenerator(28, 3, noise: 5, width: 2, extraLayer: true).InBFloat16())
            g.save_safetensors(Path.Combine(folder.Path, "generator.safetensors"));
        using (var d = new DcganDiscriminator(28, 3, width: 2, extraLayer: true, packing: 2).InBFloat16())
            d.save_safetensors(Path.Combine(folder.Path, "discriminator.safetensors"));
        File.WriteAllText(Path.Combine(folder.Path, "record.json"),
            """{ "size": 28, "channels": 3, "noise": 5, "width": 2, "deep": true, "packing": 2 }""");
        using var gan = Pretrained.Load(folder.Path);
        using var images = gan.Draw(gan.Noise(4, seed: 1));
        Assert.Equal([4, 3, 28, 28], images.shape);
        Assert.Equal(float32, images.dtype);
        using var logits = gan.Discriminator.call(images.view(2, 6, 28, 28));
        Assert.Equal([2, 1], logits.shape);
    }

    // One flipped bit of a weight is a sound safetensors file: only the recorded checksum tells.
    [Fact]
    public void Load_OneFlippedBit_IsRefusedByTheRecordedChecksum()
    {
        using var folder = new TemporaryFolder();
        string source = Path.Combine(DataFolder.Find(), "pretrained", "mnist-dcgan");
        foreach (string name in new[] { "record.json", "generator.safetensors", "discriminator.safetensors" })
            File.Copy(Path.Combine(source, name), Path.Combine(folder.Path, name));
        using (Pretrained.Load(folder.Path))
        {
        }

        foreach (string name in new[] { "discriminator.safetensors", "generator.safetensors" })
        {
            string file = Path.Combine(folder.Path, name);
            byte[] bytes = File.ReadAllBytes(file);
            bytes[^5] ^= 1;
            File.WriteAllBytes(file, bytes);
            var error = Assert.Throws<InteropException>(() => Pretrained.Load(folder.Path));
            Assert.Equal(file, error.File);
            Assert.Contains("not the recorded weights", error.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pretrained_EveryFileOfWeights_HasItsChecksumInTheRecord()
    {
        string[] files = Directory.GetFiles(Path.Combine(DataFolder.Find(), "pretrained"), "*.safetensors", SearchOption.AllDirectories);
        Assert.InRange(files.Length, 8, 40);
        foreach (string file in files)
        {
            string? recorded = RecordedWeights.Record(Path.GetDirectoryName(file)!).GetProperty("sha256")
                .GetProperty(Path.GetFileNameWithoutExtension(file)).GetString();
            Assert.Equal(RecordedWeights.Hash(file), recorded);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"size\": \"28\", \"channels\": 1, \"noise\": 5, \"width\": 2 }")]
    [InlineData("{ \"size\": 28, \"channels\": 1, \"noise\": 5, \"width\": -2 }")]
    [InlineData("{ \"size\": 28, \"channels\": 1, \"noise\": 5, \"width\": 2000000000 }")]
    [InlineData("{ \"size\": 28, \"channels\": 1.5, \"noise\": 5, \"width\": 2 }")]
    public void Load_RecordThatIsNone_IsRefusedByName(string record)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "record.json");
        Assert.Equal(file, Assert.Throws<InteropException>(() => Pretrained.Load(folder.Path)).File);
        File.WriteAllText(file, record);
        Assert.Equal(file, Assert.Throws<InteropException>(() => Pretrained.Load(folder.Path)).File);
    }

    [Fact]
    public void Load_SpecialFilesInPlaceOfTheRecord_AreRefusedBeforeTheyAreOpened()
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        foreach (var (path, word) in special.All)
        {
            using var folder = new TemporaryFolder();
            File.CreateSymbolicLink(Path.Combine(folder.Path, "record.json"), path);
            Assert.Contains(word, Assert.Throws<InteropException>(() => Pretrained.Load(folder.Path)).Message, StringComparison.Ordinal);
            Assert.Contains(word, Assert.Throws<DataFileException>(() => RecordedProbes.Read(path)).Message, StringComparison.Ordinal);
        }
    }
}
