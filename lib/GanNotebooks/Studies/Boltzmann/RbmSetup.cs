namespace GanNotebooks.Studies;

/// <summary>
/// One row of <see cref="RbmStudy"/>. The rule of learning and the start of the biases are separate settings: published comparisons change
/// both at once.
/// </summary>
/// <param name="CentredRule">Whether the gradient is centred.</param>
/// <param name="CentredStart">Whether the biases at the start belong to the centred energy.</param>
/// <param name="Inverted">Whether the images are inverted.</param>
/// <param name="Hidden">Number of hidden units.</param>
public sealed record RbmSetup(bool CentredRule, bool CentredStart, bool Inverted = false, int Hidden = RbmSetup.Small)
{
    /// <summary>Number of hidden units for which log Z is summed exactly.</summary>
    public const int Small = 16;

    private const int Large = 500;

    /// <summary>The rows: both rules from both starts, on digits and on inverted digits; then a large machine.</summary>
    public static IReadOnlyList<RbmSetup> All { get; } =
    [
        .. from isInverted in new[] { false, true }
           from setup in new RbmSetup[] { new(true, true), new(false, false), new(true, false), new(false, true) }
           select setup with { Inverted = isInverted },
        new(true, true, Hidden: Large),
    ];

    /// <summary>Name of the row, also that of its files.</summary>
    public string Name => FormattableString.Invariant(
        $"{Word(CentredRule)}-rule-{Word(CentredStart)}-start{(Inverted ? "-inverted" : "")}{(Hidden == Small ? "" : $"-{Hidden}")}");

    private static string Word(bool isCentred) => isCentred ? "centred" : "plain";
}
