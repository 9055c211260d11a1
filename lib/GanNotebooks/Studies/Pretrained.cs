using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A DCGAN that was trained once and comes with the repository, under <c>data/pretrained</c>: the generator with its averaged weights, and
/// its discriminator. A <c>record.json</c> beside the weights says how it came about. Both networks are in evaluation mode.
/// </summary>
public sealed class Pretrained : IDisposable
{
    private const string GeneratorFile = "generator.safetensors", DiscriminatorFile = "discriminator.safetensors",
        RecordFile = "record.json";
    private const int StackedNoise = 64, StackedWidth = 32;

    private Pretrained(string name, DcganGenerator generator, DcganDiscriminator discriminator, int noise, JsonElement record) =>
        (Name, Generator, Discriminator, NoiseDimension, Record) = (name, generator, discriminator, noise, record);

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>Maps noise [N, <see cref="NoiseDimension"/>] to images [N, channels, 28, 28] in [-1, 1].</summary>
    public DcganGenerator Generator { get; }

    /// <summary>Maps images to logits.</summary>
    public DcganDiscriminator Discriminator { get; }

    /// <summary>Numbers in one z, standard normal.</summary>
    public int NoiseDimension { get; }

    /// <summary>How it was trained: settings, data, seed, versions, measurements.</summary>
    public JsonElement Record { get; }

    /// <summary>Trained on the digits of MNIST.</summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static Pretrained MnistDcgan() => Load(Path.Combine(DataFolder.Find(), "pretrained", "mnist-dcgan"));

    /// <summary>Trained on the clothes of Fashion-MNIST.</summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static Pretrained FashionDcgan() => Load(Path.Combine(DataFolder.Find(), "pretrained", "fashion-dcgan"));

    /// <summary>
    /// On stacked MNIST, the averaged generator at the end of a method's first run of <see cref="StackedStudy"/>, rounded to bfloat16 for
    /// the repository and back in float32: noise [N, 64] to images [N, 3, 28, 28]. In evaluation mode; the caller's.
    /// </summary>
    /// <param name="method"><see cref="StackedStudy.Plain"/> or <see cref="StackedStudy.Weak"/>.</param>
    /// <exception cref="InteropException">The weights are missing or damaged, or were not kept.</exception>
    public static DcganGenerator StackedGenerator(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var generator = new DcganGenerator(channels: 3, noise: StackedNoise, width: StackedWidth, extraLayer: true);
        try
        {
            generator.load_safetensors(Path.Combine(DataFolder.Find(), "pretrained", RecordedStacked.Study,
                method.Replace(' ', '-').ToLowerInvariant() + ".safetensors"));
        }
        catch
        {
            generator.Dispose();
            throw;
        }
        generator.eval();
        return generator;
    }

    /// <summary>Loads a folder.</summary>
    /// <param name="folder">Holds two files of weights and a record with <c>size</c>, <c>channels</c>, <c>noise</c>, <c>width</c> and,
    /// where they are not false and 1, <c>deep</c> and <c>packing</c>.</param>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static Pretrained Load(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, RecordFile)));
        var record = document.RootElement.Clone();
        int Number(string name) => record.GetProperty(name).GetInt32();
        bool deep = record.TryGetProperty("deep", out var given) && given.GetBoolean();
        var generator = new DcganGenerator(Number("size"), Number("channels"), Number("noise"), Number("width"), deep);
        int packing = record.TryGetProperty("packing", out var packed) ? packed.GetInt32() : 1;
        var discriminator = new DcganDiscriminator(Number("size"), Number("channels"), Number("width"), extraLayer: deep, packing: packing);
        try
        {
            generator.load_safetensors(Path.Combine(folder, GeneratorFile));
            discriminator.load_safetensors(Path.Combine(folder, DiscriminatorFile));
        }
        catch
        {
            generator.Dispose();
            discriminator.Dispose();
            throw;
        }
        generator.eval();
        discriminator.eval();
        return new Pretrained(Path.GetFileName(folder), generator, discriminator, Number("noise"), record);
    }

    /// <summary>Noise.</summary>
    /// <param name="count">Number of vectors.</param>
    /// <param name="seed">Which.</param>
    /// <returns>z, [count, <see cref="NoiseDimension"/>]; the caller's.</returns>
    public Tensor Noise(int count, int seed)
    {
        using var random = new Generator((ulong)seed);
        return empty([count, NoiseDimension]).FillNormal(0, 1, random);
    }

    /// <summary>Images from noise, without gradients, some hundreds at a time.</summary>
    /// <param name="noise">z, [N, <see cref="NoiseDimension"/>].</param>
    /// <returns>[N, channels, 28, 28]; the caller's.</returns>
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
