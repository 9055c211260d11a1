using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>
/// One finished run of a study, as recorded under <c>data/results</c>. The run takes too long for a notebook and was computed once. The
/// record holds plain numbers, and everything that is needed to repeat the run.
/// </summary>
/// <param name="Method">Name of the <see cref="CollapseMethod"/>.</param>
/// <param name="Setup">Name of the <see cref="CollapseSetup"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="Trajectory">Coverage of the modes by the samples during the run; the last entry is at the end.</param>
/// <param name="Seconds">Computing time in seconds.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedRun(string Method, string Setup, int Seed, int Steps, IReadOnlyList<RecordedCoverage> Trajectory,
    double Seconds, JsonElement Description) : RecordedTrajectory<RecordedRun, RecordedCoverage>(Trajectory, Seconds, Description)
{
    /// <summary>The coverage at the end of the run.</summary>
    public RecordedCoverage End => Trajectory[^1];

    /// <summary>500 samples at the end of the run, x and y in turn; empty in records from before November 2026.</summary>
    public IReadOnlyList<float> Samples { get; init; } = [];

    /// <summary>The samples as points of the plane.</summary>
    [JsonIgnore]
    public IReadOnlyList<(double X, double Y)> Points =>
        [.. Enumerable.Range(0, Samples.Count / 2).Select(i => ((double)Samples[2 * i], (double)Samples[2 * i + 1]))];
}

/// <summary>A <see cref="ModeCoverage"/> at one moment of a recorded run, as plain numbers.</summary>
/// <param name="Step">Number of updates of G so far.</param>
/// <param name="Captured">Number of captured modes.</param>
/// <param name="Occupied">Number of modes with at least 2 % of the samples.</param>
/// <param name="HighQuality">Share of high-quality samples.</param>
/// <param name="ReverseKL">KL(shares of the modes ‖ weights of the modes), in nats, of all samples.</param>
/// <param name="Count">Number of samples, N.</param>
public sealed record RecordedCoverage(int Step, int Captured, int Occupied, double HighQuality, double ReverseKL, int Count)
{
    /// <summary>
    /// The same KL of the high-quality samples alone, as PacGAN's program counts. NaN without such samples, and in records from before
    /// November 2026.
    /// </summary>
    public double GoodReverseKL { get; init; } = double.NaN;

    internal static RecordedCoverage Of(int step, ModeCoverage coverage) =>
        new(step, coverage.Captured, coverage.Occupied, coverage.HighQuality.Value, coverage.ReverseKL.Value, coverage.Count)
        {
            GoodReverseKL = coverage.GoodReverseKL.Value,
        };
}
