using System.Globalization;
using GanNotebooks.Metrics;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>Samples of the plane with the four numbers of their coverage: one small picture of a row.</summary>
/// <param name="Name">Name of the method; "data" for real samples.</param>
/// <param name="Samples">Points (x, y).</param>
/// <param name="Coverage">Coverage of the modes by the samples of the run, of which <paramref name="Samples"/> are some.</param>
public sealed record CoveragePanel(string Name, IReadOnlyList<(double X, double Y)> Samples, RecordedCoverage Coverage)
{
    private const int Shown = 500;

    /// <summary>Keeps 500 samples for the picture.</summary>
    /// <param name="name">Name of the method.</param>
    /// <param name="samples">[N, 2], with N at least 500.</param>
    /// <param name="coverage">Coverage of the modes by these samples.</param>
    public static CoveragePanel Of(string name, Tensor samples, ModeCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(coverage);
        using var scope = NewDisposeScope();
        float[] values = samples[..Shown].cpu().contiguous().data<float>().ToArray();
        return new CoveragePanel(name, [.. Enumerable.Range(0, Shown).Select(i => ((double)values[2 * i], (double)values[2 * i + 1]))],
            RecordedCoverage.Of(0, coverage));
    }

    /// <summary>Shows a recorded run at its end.</summary>
    public static CoveragePanel Of(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new CoveragePanel(run.Method, run.Points, run.End);
    }

    /// <summary>The four numbers in words.</summary>
    public string Caption => string.Create(CultureInfo.InvariantCulture,
        $"{Coverage.Captured} captured, {Coverage.Occupied} occupied\nhigh quality {Coverage.HighQuality:F2}\n"
            + $"reverse KL {Coverage.ReverseKL:F3}");
}

/// <summary>Rows of small pictures of samples.</summary>
public static class CoveragePanels
{
    private const double HalfWidth = 3;

    /// <summary>Draws the panels side by side on the same axes, from −3 to 3, with rings around the modes.</summary>
    /// <param name="panels">The panels, in order.</param>
    /// <param name="title">One line above the row.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="centres">Centres of the modes.</param>
    public static IShowable ToRow(this IEnumerable<CoveragePanel> panels, string title, string alt,
        IEnumerable<(double X, double Y)> centres) =>
        SamplePanels.Of(title, alt, panels.Select(p => (p.Name, p.Samples, p.Caption)), centres, HalfWidth);
}
