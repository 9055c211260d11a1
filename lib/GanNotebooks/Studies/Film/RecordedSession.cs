using System.Text.Json;
using GanNotebooks.Data;

namespace GanNotebooks.Studies;

/// <summary>
/// A recorded session of <c>workbook lab</c>: a run that was changed while it trained, frame by frame. The page of the book plays it.
/// </summary>
/// <param name="Preset">Name of the preset with which the session began.</param>
/// <param name="Text">What there is to see, in words.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="State">The whole run as the lab writes it: start, changes and the last step. The lab opens it.</param>
/// <param name="Box">What the picture shows: xmin, xmax, ymin, ymax.</param>
/// <param name="Side">Number of columns, and of rows, of the maps of D and D*.</param>
/// <param name="Data">Points of the data, in <see cref="PointUnit"/>: x and y in turn, 16 bits each, little-endian.</param>
/// <param name="Trajectory">The frames in order; the first is before the first update of G, the last at the end.</param>
/// <param name="Seconds">Computing time in seconds.</param>
/// <param name="Description">Settings at the end, networks, device, thread count and versions of the run.</param>
public sealed record RecordedSession(string Preset, string Text, int Seed, JsonElement State, IReadOnlyList<double> Box, int Side,
    byte[] Data, IReadOnlyList<SessionFrame> Trajectory, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedSession, SessionFrame>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "front-page";

    /// <summary>Points are recorded in multiples of this number.</summary>
    public const double PointUnit = 0.01;

    /// <summary>Reads the session that comes with the repository.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or its file does not hold such a session.</exception>
    public static RecordedSession Load() => Of(Study)[0];

    /// <summary>The same run with other seeds, and without one change or both: what the changes are good for.</summary>
    public IReadOnlyList<SessionControl> Controls { get; init; } = [];

    private protected override bool IsWhole => base.IsWhole && Preset is not null && Text is not null
        && Box is { Count: 4 } && Controls is not null && Data is { Length: > 0 } && State.ValueKind is JsonValueKind.Object
        && Trajectory.All(frame => frame is { Samples.Length: > 0, Shares: not null }
            && frame.Discriminator?.Length == Side * Side && frame.Best?.Length == Side * Side);
}

/// <summary>A frame of a <see cref="RecordedSession"/>. Numbers are rounded to four places.</summary>
/// <param name="Step">Number of updates of G.</param>
/// <param name="Samples">G(z) for the same z in every frame, written as the data are.</param>
/// <param name="Discriminator">D on the map, row by row from below: 0 for D = 0, 255 for D = 1.</param>
/// <param name="Best">D* on the same map, of p and q blurred by one cell.</param>
/// <param name="Divergence">JSD of data and samples, sorted into the cells of the map, in nats.</param>
/// <param name="Criterion">C(G) = 2 JSD − log 4.</param>
/// <param name="Floor">The divergence that a perfect sampler would show.</param>
/// <param name="Captured">Number of modes that samples lie on.</param>
/// <param name="HighQuality">Share of the samples that lie at a mode.</param>
/// <param name="Shares">Share of the samples at each mode.</param>
public sealed record SessionFrame(int Step, byte[] Samples, byte[] Discriminator, byte[] Best, double Divergence, double Criterion,
    double Floor, int Captured, double HighQuality, IReadOnlyList<double> Shares);

/// <summary>How a run ends that has some of the session's changes. Its rates fall as those of the session.</summary>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="HasPenalty">Whether R3 is switched on when the session does so.</param>
/// <param name="HasEqualRates">Whether D gets the rate of G when the session does so.</param>
/// <param name="Captured">Number of modes that samples lie on at the end.</param>
/// <param name="HighQuality">Share of the samples that lie at a mode.</param>
/// <param name="Divergence">JSD of data and samples, sorted into cells, in nats.</param>
public sealed record SessionControl(int Seed, bool HasPenalty, bool HasEqualRates, int Captured, double HighQuality, double Divergence);
