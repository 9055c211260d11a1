namespace GanNotebooks.Data;

/// <summary>What a caption says about an image of one digit. A part that is not mentioned may be anything.</summary>
/// <param name="Digit">The digit, 0 to 9.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Colour">Its colour, or null if the caption does not mention it.</param>
/// <param name="Size">Its size, or null if the caption does not mention it.</param>
public sealed record Caption(int Digit, CaptionPlace Place, CaptionColour? Colour = null, CaptionSize? Size = null)
{
    private static readonly string[] Digits =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>The 24 tokens: padding, then the words. A token is a position in this list.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
    [
        "", "a", "at", "the", "is", .. Words<CaptionSize>(), .. Words<CaptionColour>(), .. Digits, .. Words<CaptionPlace>(),
    ];

    /// <summary>All 480 captions: ten digits at four places, with or without each of three colours and two sizes.</summary>
    public static IEnumerable<Caption> All =>
        from digit in Enumerable.Range(0, Digits.Length)
        from place in Enum.GetValues<CaptionPlace>()
        from colour in OrNone<CaptionColour>()
        from size in OrNone<CaptionSize>()
        select new Caption(digit, place, colour, size);

    /// <summary>Tokens of a padded caption: 8.</summary>
    public const int Length = 8;

    /// <summary>
    /// The caption in words, for example "a small red seven at the left", or with the place first "at the left is a small red seven".
    /// </summary>
    /// <param name="placeFirst">Which of the two orders.</param>
    public string ToText(bool placeFirst = false)
    {
        string[] thing = [.. ((string?[])["a", Word(Size), Word(Colour), Digits[Digit]]).OfType<string>()];
        string[] place = ["at", "the", Word<CaptionPlace>(Place)!];
        return string.Join(' ', placeFirst ? [.. place, "is", .. thing] : [.. thing, .. place]);
    }

    /// <summary>The tokens of a text in this language, padded in front with 0.</summary>
    /// <param name="text">Words of the vocabulary, at most <see cref="Length"/>.</param>
    /// <returns><see cref="Length"/> whole numbers.</returns>
    /// <exception cref="ArgumentException">A word is not in the vocabulary, or there are too many or none.</exception>
    public static float[] Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length is 0 or > Length)
            throw new ArgumentException($"expected 1 to {Length} words, got {words.Length}: \"{text}\".", nameof(text));
        float[] tokens = new float[Length];
        for (int i = 0; i < words.Length; i++)
        {
            int token = Vocabulary.ToList().IndexOf(words[i]);
            tokens[Length - words.Length + i] = token > 0
                ? token
                : throw new ArgumentException(
                    $"\"{words[i]}\" is no word of this language: {string.Join(", ", Vocabulary.Skip(1))}.", nameof(text));
        }
        return tokens;
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => Word<T>(value)!);

    private static T?[] OrNone<T>()
        where T : struct, Enum => [null, .. Enum.GetValues<T>()];

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();
}

/// <summary>Where a digit is on the canvas.</summary>
public enum CaptionPlace
{
    /// <summary>The middle of the left half.</summary>
    Left,

    /// <summary>The middle of the right half.</summary>
    Right,

    /// <summary>The middle of the upper half.</summary>
    Top,

    /// <summary>The middle of the lower half.</summary>
    Bottom,
}

/// <summary>The colour of a digit: its ink is in one channel.</summary>
public enum CaptionColour
{
    /// <summary>Channel 0.</summary>
    Red,

    /// <summary>Channel 1.</summary>
    Green,

    /// <summary>Channel 2.</summary>
    Blue,
}

/// <summary>The size of a digit.</summary>
public enum CaptionSize
{
    /// <summary>The 20 × 20 pixels of a digit on 10 × 10.</summary>
    Small,

    /// <summary>The 20 × 20 pixels of a digit on 16 × 16.</summary>
    Large,
}
