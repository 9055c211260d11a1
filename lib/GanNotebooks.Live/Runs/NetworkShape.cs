using System.Globalization;
using GanNotebooks.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Live;

/// <summary>
/// The shape of a network as a text: <c>32-32 ReLU</c> is a perceptron with two hidden layers, <c>DCGAN 8</c> are convolutions of width 8.
/// </summary>
/// <param name="Hidden">Widths of the hidden layers of a perceptron; the width in channels for convolutions.</param>
/// <param name="Activation">The function between the layers of a perceptron.</param>
/// <param name="IsConvolutional">Whether the network is one of DCGAN, for images.</param>
internal sealed record NetworkShape(IReadOnlyList<int> Hidden, Activation Activation, bool IsConvolutional = false)
{
    /// <summary>Most hidden layers of a perceptron.</summary>
    public const int MaxLayers = 5;

    /// <summary>Largest width of a hidden layer.</summary>
    public const int MaxWidth = 128;

    private const int MaxChannels = 32, Side = 28;
    private const string Convolutional = "DCGAN";

    /// <summary>The activations that a network of the page may have.</summary>
    public static IReadOnlyList<Activation> Activations { get; } = [Activation.ReLU, Activation.LeakyReLU, Activation.Tanh];

    /// <summary>Reads a text.</summary>
    /// <exception cref="ArgumentException">The text is none of a shape, or a size is out of range.</exception>
    public static NetworkShape Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && words[0].Equals(Convolutional, StringComparison.OrdinalIgnoreCase))
        {
            return Whole(words[1]) is { } channels and >= 1 and <= MaxChannels
                ? new NetworkShape([channels], Activation.LeakyReLU, IsConvolutional: true)
                : throw new ArgumentException($"the width of DCGAN is a whole number from 1 to {MaxChannels}, not '{words[1]}'");
        }

        int?[] widths = words.Length == 2 ? [.. words[0].Split('-').Select(Whole)] : [];
        if (widths.Length is 0 or > MaxLayers || widths.Any(w => w is not (>= 1 and <= MaxWidth)))
        {
            throw new ArgumentException(
                $"a network is written as 32-32 ReLU, with 1 to {MaxLayers} hidden layers of width 1 to {MaxWidth}, not '{text}'");
        }

        return Activations.Cast<Activation?>().FirstOrDefault(a => $"{a}".Equals(words[1], StringComparison.OrdinalIgnoreCase)) is { } found
            ? new NetworkShape([.. widths.Select(w => w!.Value)], found)
            : throw new ArgumentException($"no activation is called '{words[1]}'; there are {string.Join(", ", Activations)}");
    }

    /// <summary>A new generator with initial weights.</summary>
    /// <param name="noise">Number of values in one z.</param>
    /// <param name="sample">Number of coordinates of a point; unused for images.</param>
    /// <param name="weights">Source of the weights; both players of a run draw from one source.</param>
    public Module<Tensor, Tensor> Generator(int noise, int sample, Generator weights) => IsConvolutional
        ? new DcganGenerator(Side, 1, noise, Hidden[0], extraLayer: true).Dcgan(weights)
        : new MultilayerPerceptron(noise, Hidden, [sample], Activation).UniformFanIn(weights);

    /// <summary>A new discriminator with initial weights.</summary>
    /// <param name="sample">Number of coordinates of a point; unused for images.</param>
    /// <param name="packing">Number of samples that it judges at once.</param>
    /// <param name="weights">Source of the weights.</param>
    public Module<Tensor, Tensor> Discriminator(int sample, int packing, Generator weights) => IsConvolutional
        ? new DcganDiscriminator(Side, 1, Hidden[0], extraLayer: true, packing: packing).Dcgan(weights)
        : new MultilayerPerceptron(packing * sample, Hidden, [1], Activation).UniformFanIn(weights);

    /// <summary>The generator in C#.</summary>
    public string GeneratorCode(int noise, int sample, string weights) => IsConvolutional
        ? $"new DcganGenerator({Side}, 1, {noise}, {Hidden[0]}, extraLayer: true).Dcgan({weights})"
        : $"new MultilayerPerceptron({noise}, [{Widths}], [{sample}], Activation.{Activation}).UniformFanIn({weights})";

    /// <summary>The discriminator in C#.</summary>
    public string DiscriminatorCode(int sample, int packing, string weights) => IsConvolutional
        ? $"new DcganDiscriminator({Side}, 1, {Hidden[0]}, extraLayer: true, packing: {packing}).Dcgan({weights})"
        : $"new MultilayerPerceptron({packing * sample}, [{Widths}], [1], Activation.{Activation}).UniformFanIn({weights})";

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => IsConvolutional
        ? string.Create(CultureInfo.InvariantCulture, $"{Convolutional} {Hidden[0]}")
        : $"{string.Join('-', Hidden)} {Activation}";

    /// <inheritdoc/>
    public bool Equals(NetworkShape? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private string Widths => string.Join(", ", Hidden);

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
