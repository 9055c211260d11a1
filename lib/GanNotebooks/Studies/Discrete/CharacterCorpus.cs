using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Short texts, character by character: real characters, and yet every text that is right can be listed. Each is followed by end marks up
/// to the common length.
/// </summary>
public sealed class CharacterCorpus
{
    /// <summary>The end mark, as it is printed.</summary>
    public const char End = '.';

    private CharacterCorpus(string study, IEnumerable<string> training, IEnumerable<string> heldOut)
    {
        (Study, Training, HeldOut) = (study, [.. training], [.. heldOut]);
        All = [.. Training, .. HeldOut];
        Alphabet = End + string.Concat(All.SelectMany(w => w).Distinct().Order());
        Length = All.Max(w => w.Length) + 1;
    }

    /// <summary>
    /// The numbers from 0 to 99 in words: a hundred texts of at most 13 characters. Eighty, chosen at random, are shown.
    /// </summary>
    public static CharacterCorpus NumberWords { get; } = OfNumbers();

    /// <summary>
    /// All captions of <see cref="CaptionedDigits"/>: 960 texts of at most 36 characters, with and without size and colour, in both orders
    /// of words. The 192 of the eight pairs of digit and place that have no images are not shown.
    /// </summary>
    public static CharacterCorpus Captions { get; } = OfCaptions();

    /// <summary>Name of the study, and of its folder below <c>data/results</c>.</summary>
    public string Study { get; }

    /// <summary>All right texts: those to learn from, then the others.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The texts to learn from.</summary>
    public IReadOnlyList<string> Training { get; }

    /// <summary>The texts that no model is shown. They tell whether it learned more than a list.</summary>
    public IReadOnlyList<string> HeldOut { get; }

    /// <summary>The characters, the end mark first.</summary>
    public string Alphabet { get; }

    /// <summary>Characters in a sequence: those of the longest text, and one end mark.</summary>
    public int Length { get; }

    /// <summary>Writes texts as tokens.</summary>
    /// <param name="texts">Texts of the alphabet, shorter than <see cref="Length"/>.</param>
    /// <returns>One-hot float32 [n, T, S]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A text is too long or has another character.</exception>
    public Tensor Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        float[,,] codes = new float[texts.Count, Length, Alphabet.Length];
        for (int i = 0; i < texts.Count; i++)
        {
            string text = texts[i].PadRight(Length, End);
            if (text.Length > Length || text.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
                throw new ArgumentException($"'{texts[i]}' is longer than {Length} or leaves the alphabet '{Alphabet}'", nameof(texts));
            for (int t = 0; t < Length; t++)
                codes[i, t, Alphabet.IndexOf(text[t], StringComparison.Ordinal)] = 1;
        }
        return tensor(codes);
    }

    /// <summary>Reads tokens. End marks at the end are taken away, others are kept: such a text is wrong.</summary>
    /// <param name="codes">One-hot or soft [n, T, S]; the largest value of a place is its character.</param>
    public IReadOnlyList<string> Decode(Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        using var indices = codes.argmax(2).cpu();
        long[] all = indices.data<long>().ToArray();
        return [.. all.Chunk(Length).Select(row => string.Concat(row.Select(k => Alphabet[(int)k])).TrimEnd(End))];
    }

    private static CharacterCorpus OfNumbers()
    {
        const int count = 100, shown = 80, orderSeed = 17;
        string[] small =
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ];
        string[] tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        string[] all =
        [
            .. Enumerable.Range(0, count).Select(n => n < small.Length ? small[n]
                : tens[n / 10 - 2] + (n % 10 == 0 ? "" : " " + small[n % 10])),
        ];
        string[] mixed = [.. new SeededRandom(orderSeed).NextPermutation(count).Select(i => all[i])];
        return new("discrete-words", mixed.Take(shown), mixed.Skip(shown));
    }

    private static CharacterCorpus OfCaptions()
    {
        var texts = Caption.All.ToLookup(c => CaptionedDigits.HeldOut.Contains((c.Digit, c.Place)),
            c => (string[])[c.ToText(placeFirst: false), c.ToText(placeFirst: true)]);
        return new("discrete-captions", texts[false].SelectMany(t => t), texts[true].SelectMany(t => t));
    }
}
