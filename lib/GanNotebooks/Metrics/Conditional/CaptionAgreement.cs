using GanNotebooks.Data;

namespace GanNotebooks.Metrics;

/// <summary>How often images show what their captions say; parts that a caption does not mention are not counted.</summary>
/// <param name="Digit">Share with the right digit.</param>
/// <param name="Place">Share at the right place.</param>
/// <param name="DigitAndPlace">Share with both right.</param>
/// <param name="Colour">Share with the right colour, of those whose caption mentions one.</param>
/// <param name="Size">Share with the right size, of those whose caption mentions one.</param>
/// <param name="Count">Number of images.</param>
public sealed record CaptionAgreement(
    MeanWithError Digit, MeanWithError Place, MeanWithError DigitAndPlace, MeanWithError Colour, MeanWithError Size, int Count)
{
    /// <summary>Compares what captions say with what was read from their images.</summary>
    /// <param name="captions">The captions.</param>
    /// <param name="read">What <see cref="CaptionReader"/> read, in the same order.</param>
    /// <exception cref="ArgumentException">The numbers differ, or there is none.</exception>
    public static CaptionAgreement Of(IReadOnlyList<Caption> captions, IReadOnlyList<Caption> read)
    {
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentNullException.ThrowIfNull(read);
        if (captions.Count != read.Count || captions.Count == 0)
            throw new ArgumentException($"expected one image for each caption, got {captions.Count} and {read.Count}.", nameof(read));
        (Caption Said, Caption Seen)[] pairs = [.. captions.Zip(read)];
        MeanWithError Share(Func<Caption, bool> counts, Func<Caption, Caption, bool> right)
        {
            var counted = pairs.Where(p => counts(p.Said)).ToArray();
            return MeanWithError.Share(counted.Count(p => right(p.Said, p.Seen)), counted.Length);
        }
        return new(Share(_ => true, (a, b) => a.Digit == b.Digit), Share(_ => true, (a, b) => a.Place == b.Place),
            Share(_ => true, (a, b) => (a.Digit, a.Place) == (b.Digit, b.Place)),
            Share(a => a.Colour is not null, (a, b) => a.Colour == b.Colour),
            Share(a => a.Size is not null, (a, b) => a.Size == b.Size), pairs.Length);
    }
}
