using System.Text.Json;
using GanNotebooks.Data;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="FilmStudy"/>: a GAN that learns a ring of modes, frame by frame.</summary>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="HalfWidth">Half the side of the picture, which reaches from −HalfWidth to HalfWidth in both directions.</param>
/// <param name="Side">Number of columns, and of rows, of the discriminator's map.</param>
/// <param name="Data">Points of the data, x and y in turn, in hundredths.</param>
/// <param name="Trajectory">The frames in order; the first is before the first update of G, the last at the end.</param>
/// <param name="Seconds">Computing time in seconds.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedFilm(int Seed, double HalfWidth, int Side, IReadOnlyList<int> Data, IReadOnlyList<FilmFrame> Trajectory,
    double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedFilm, FilmFrame>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "front-page";

    /// <summary>Reads the film that comes with the repository.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or its file does not hold such a film.</exception>
    public static RecordedFilm Load() => Of(Study)[0];

    private protected override bool IsWhole => base.IsWhole && Data is { Count: > 0 }
        && Trajectory.All(frame => frame is { Points.Count: > 0, Discriminator: not null } && frame.Discriminator.Length == Side * Side);
}

/// <summary>A frame of a <see cref="RecordedFilm"/>.</summary>
/// <param name="Step">Number of updates of G.</param>
/// <param name="Points">Generated points for the same noise in every frame, x and y in turn, in hundredths.</param>
/// <param name="Discriminator">D on the map, row by row from below: 0 for D = 0, 255 for D = 1.</param>
/// <param name="FakeProbability">Mean of D over the generated points.</param>
public sealed record FilmFrame(int Step, IReadOnlyList<int> Points, byte[] Discriminator, double FakeProbability);
