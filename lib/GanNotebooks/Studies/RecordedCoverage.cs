using GanNotebooks.Metrics;

namespace GanNotebooks.Training;

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
