using System.Text.Json;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>
/// One finished run of a study, as it lies under <c>data/results</c>: too long for a notebook, computed once, with all that is needed to do
/// it again. Plain numbers.
/// </summary>
/// <param name="Method">Name of the <see cref="CollapseMethod"/>.</param>
/// <param name="Setup">Name of the <see cref="CollapseSetup"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Updates of G.</param>
/// <param name="Trajectory">How the samples covered the modes on the way, the last entry being the end.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public sealed record RecordedRun(string Method, string Setup, int Seed, int Steps, IReadOnlyList<RecordedCoverage> Trajectory,
    double Seconds, JsonElement Description) : RecordedTrajectory<RecordedRun, RecordedCoverage>(Trajectory, Seconds, Description)
{
    /// <summary>The coverage at the end.</summary>
    public RecordedCoverage End => Trajectory[^1];
}

/// <summary>A <see cref="ModeCoverage"/> at one moment of a recorded run, as plain numbers.</summary>
/// <param name="Step">Updates of G.</param>
/// <param name="Captured">Modes captured.</param>
/// <param name="Occupied">Modes with at least 2 % of the samples.</param>
/// <param name="HighQuality">Share of high-quality samples.</param>
/// <param name="ReverseKL">KL of the shares of the modes to their weights, in nats.</param>
/// <param name="Count">Number of samples, N.</param>
public sealed record RecordedCoverage(int Step, int Captured, int Occupied, double HighQuality, double ReverseKL, int Count)
{
    internal static RecordedCoverage Of(int step, ModeCoverage coverage) =>
        new(step, coverage.Captured, coverage.Occupied, coverage.HighQuality.Value, coverage.ReverseKL.Value, coverage.Count);
}
