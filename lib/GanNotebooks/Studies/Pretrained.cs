using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A trained DCGAN that comes with the repository, under <c>data/pretrained</c>: the generator with its averaged weights, and its
/// discriminator. A <c>record.json</c> beside the weights describes how it was trained. Both networks are in evaluation mode.
/// </summary>
public sealed class Pretrained : IDisposable
{
    private const string GeneratorName = "generator", DiscriminatorName = "discriminator", GeneratorFile = GeneratorName + ".safetensors",
        DiscriminatorFile = DiscriminatorName + ".safetensors";
    private const string SizeKey = "size", ChannelsKey = "channels", NoiseKey = "noise", WidthKey = "width", ExtraLayerKey = "deep",
        PackingKey = "packing";
    private const int StackedNoise = 64, StackedWidth = 32, Most = 4096;

    private Pretrained(string name, DcganGenerator generator, DcganDiscriminator discriminator, int noise, JsonElement record) =>
        (Name, Generator, Discriminator, NoiseDimension, Record) = (name, generator, discriminator, noise, record);

    /// <summary>Name of the folder.</summary>
    public string Name { get; }

    /// <summary>Generator that maps noise [N, <see cref="NoiseDimension"/>] to images [N, channels, size, size] in [-1, 1].</summary>
    public DcganGenerator Generator { get; }

    /// <summary>Discriminator that maps images to logits.</summary>
    public DcganDiscriminator Discriminator { get; }

    /// <summary>Number of values in one z. They are standard normal.</summary>
    public int NoiseDimension { get; }

    /// <summary>The record of the training: settings, data, seed, versions, measurements.</summary>
    public JsonElement Record { get; }

    /// <summary>Loads the DCGAN that was trained on the digits of MNIST.</summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static Pretrained MnistDcgan() => Load(Path.Combine(DataFolder.Find(), "pretrained", "mnist-dcgan"));

    /// <summary>Loads the DCGAN that was trained on the clothes of Fashion-MNIST.</summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static Pretrained FashionDcgan() => Load(Path.Combine(DataFolder.Find(), "pretrained", "fashion-dcgan"));

    /// <summary>
    /// Loads the averaged generator that the first run of a method of <see cref="StackedStudy"/> produced: noise [N, 64] to images
    /// [N, 3, 28, 28]. Stored as bfloat16, returned as float32, in evaluation mode. The caller disposes it.
    /// </summary>
    /// <param name="method"><see cref="StackedStudy.Plain"/> or <see cref="StackedStudy.Weak"/>.</param>
    /// <exception cref="InteropException">The weights are missing or damaged, or the repository does not hold them.</exception>
    public static DcganGenerator StackedGenerator(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var generator = new DcganGenerator(channels: 3, noise: StackedNoise, width: StackedWidth, extraLayer: true);
        try
        {
            string folder = Path.Combine(DataFolder.Find(), "pretrained", RecordedStacked.Study);
            RecordedWeights.Load(generator, folder, method.Replace(' ', '-').ToLowerInvariant(), RecordedWeights.Record(folder));
        }
        catch
        {
            generator.Dispose();
            throw;
        }
        generator.eval();
        return generator;
    }

    /// <summary>
    /// Writes the weights of a trained pair, and for a DCGAN the record that <see cref="Load"/> needs. Notebooks and PyTorch read these
    /// files.
    /// </summary>
    /// <param name="folder">Folder to write to. It is created when needed, and existing files are replaced.</param>
    /// <param name="trainer">The finished run. If it keeps a moving average of G, the average is written instead of G itself.</param>
    /// <param name="recipe">The recipe from which the trainer was created.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(string folder, Trainer trainer, TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(recipe);
        Directory.CreateDirectory(folder);
        string generatorFile = Path.Combine(folder, GeneratorFile), discriminatorFile = Path.Combine(folder, DiscriminatorFile);
        if (trainer.Config.AverageHalfLife > 0)
            trainer.WithAverage(g => g.save_safetensors(generatorFile));
        else
            trainer.Generator.save_safetensors(generatorFile);
        trainer.Discriminator.save_safetensors(discriminatorFile);
        if (trainer.Generator is not DcganGenerator)
            return;
        var record = new JsonObject
        {
            ["model"] = recipe.Model,
            [SizeKey] = recipe.Side,
            [ChannelsKey] = recipe.Channels,
            [NoiseKey] = trainer.Config.NoiseDimension,
            [WidthKey] = recipe.Width,
            [ExtraLayerKey] = true,
            [PackingKey] = recipe.Packing,
            ["seed"] = recipe.Seed,
            ["weights"] = $"{GeneratorFile}: the moving average of G; {DiscriminatorFile}: D after the last step",
            ["madeBy"] = recipe.CommandLine,
            ["sha256"] = new JsonObject
            {
                [GeneratorName] = RecordedWeights.Hash(generatorFile), [DiscriminatorName] = RecordedWeights.Hash(discriminatorFile),
            },
            ["run"] = JsonNode.Parse(RunDescription.Of(trainer)),
        };
        AtomicFile.WriteText(Path.Combine(folder, RecordedWeights.RecordFile), record.ToJsonString(ConfigText.Readable) + "\n");
    }

    /// <summary>Loads both networks and the record from a folder.</summary>
    /// <param name="folder">Folder with two files of weights and a record, as <see cref="Save"/> writes them for a DCGAN. If an older
    /// record lacks <c>deep</c> or <c>packing</c>, the value is false or 1; if it lacks <c>sha256</c>, the bytes are not compared.</param>
    /// <exception cref="InteropException">The record or the weights are missing or damaged, or the weights are not those of the
    /// record.</exception>
    public static Pretrained Load(string folder)
    {
        var record = RecordedWeights.Record(folder);
        int Number(string key, int most, int? missing = null) => RecordedWeights.Number(record, folder, key, 1, most, missing);
        bool extraLayer = record.TryGetProperty(ExtraLayerKey, out var given) && given.ValueKind == JsonValueKind.True;
        int packing = Number(PackingKey, Most, missing: 1);
        var (size, channels, noise, width) =
            (Number(SizeKey, Most), Number(ChannelsKey, Most), Number(NoiseKey, Most), Number(WidthKey, Most));
        var generator = new DcganGenerator(size, channels, noise, width, extraLayer);
        var discriminator = new DcganDiscriminator(size, channels, width, extraLayer: extraLayer, packing: packing);
        try
        {
            RecordedWeights.Load(generator, folder, GeneratorName, record, required: false);
            RecordedWeights.Load(discriminator, folder, DiscriminatorName, record, required: false);
        }
        catch
        {
            generator.Dispose();
            discriminator.Dispose();
            throw;
        }
        generator.eval();
        discriminator.eval();
        return new Pretrained(Path.GetFileName(folder), generator, discriminator, noise, record);
    }

    /// <summary>Draws standard normal noise for the generator.</summary>
    /// <param name="count">Number of noise vectors.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <returns>Noise z, [count, <see cref="NoiseDimension"/>]. The caller disposes it.</returns>
    public Tensor Noise(int count, int seed)
    {
        using var random = new Generator((ulong)seed);
        return empty([count, NoiseDimension]).FillNormal(0, 1, random);
    }

    /// <summary>Generates images from noise, without gradients, in blocks of 500.</summary>
    /// <param name="noise">Noise z, [N, <see cref="NoiseDimension"/>].</param>
    /// <returns>Images, [N, channels, size, size]. The caller disposes them.</returns>
    public Tensor Draw(Tensor noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        const int block = 500;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return cat([.. noise.split(block).Select(z => Generator.call(z))]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
