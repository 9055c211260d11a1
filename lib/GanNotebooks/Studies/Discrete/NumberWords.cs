using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A hundred short English texts: the numbers from 0 to 99 in words, letter by letter. Real characters, and yet every text that is
/// right can
/// be listed. Each is followed by end marks up to the common length.
/// </summary>
public static class NumberWords
{
    /// <summary>Number of texts.</summary>
    public const int Count = 100;

    /// <summary>Texts that the models learn from; the others show whether they learned more than a list.</summary>
    public const int Shown = 80;

    /// <summary>The end mark, as it is printed.</summary>
    public const char End = '.';

    private const int OrderSeed = 17;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>All texts, in the order of the numbers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enumerable.Range(0, Count).Select(n => n < Small.Length ? Small[n]
            : Tens[n / 10 - 2] + (n % 10 == 0 ? "" : " " + Small[n % 10])),
    ];

    /// <summary>The characters, the end mark first.</summary>
    public static string Alphabet { get; } = End + string.Concat(All.SelectMany(w => w).Distinct().Order());

    /// <summary>Characters in a sequence: those of the longest text, and one end mark.</summary>
    public static int Length { get; } = All.Max(w => w.Length) + 1;

    /// <summary>The texts to learn from, in a mixed order.</summary>
    public static IReadOnlyList<string> Training { get; } = [.. Mixed().Take(Shown)];

    /// <summary>The texts that nobody is shown.</summary>
    public static IReadOnlyList<string> HeldOut { get; } = [.. Mixed().Skip(Shown)];

    /// <summary>Writes texts as tokens.</summary>
    /// <param name="texts">Texts of the alphabet, shorter than <see cref="Length"/>.</param>
    /// <returns>One-hot float32 [n, T, S]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A text is too long or has another character.</exception>
    public static Tensor Encode(IReadOnlyList<string> texts)
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
    public static IReadOnlyList<string> Decode(Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        using var indices = codes.argmax(2).cpu();
        long[] all = indices.data<long>().ToArray();
        return [.. all.Chunk(Length).Select(row => string.Concat(row.Select(k => Alphabet[(int)k])).TrimEnd(End))];
    }

    private static IEnumerable<string> Mixed() => new SeededRandom(OrderSeed).NextPermutation(Count).Select(i => All[i]);
}
