using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="StackedStudy"/>. It holds plain numbers.</summary>
/// <param name="Method">Name of the method, one of <see cref="StackedStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="Trajectory">Coverage of the thousand modes by the averaged generator during the run; the last entry is at the end.</param>
/// <param name="Seconds">Computing time in seconds, including the counting of the modes.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedStacked(string Method, int Seed, int Steps, IReadOnlyList<StackedEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedStacked, StackedEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "stacked-mnist";

    /// <summary>Names of the methods.</summary>
    internal const string Plain = "DCGAN", Packed = "PacDCGAN2", Weak = "DCGAN small D", WeakPacked = "PacDCGAN2 small D", Paired = "R3";

    /// <summary>The methods in the order of tables.</summary>
    internal static IReadOnlyList<string> Methods { get; } = [Plain, Packed, Weak, WeakPacked, Paired];

    /// <summary>The coverage at the end of the run.</summary>
    public StackedEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository, ordered by method and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedStacked> All() =>
        [.. Of(Study).OrderBy(r => Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];
}

/// <summary>One evaluation of a <see cref="RecordedStacked"/>: the plain numbers of a <see cref="StackedModes"/>.</summary>
/// <param name="Step">Number of updates of G so far.</param>
/// <param name="Captured">Number of modes with at least one sample, out of 1,000.</param>
/// <param name="KL">KL(shares of the modes ‖ uniform), in nats.</param>
/// <param name="Error">Standard error of the KL, in nats.</param>
/// <param name="Count">Number of samples, N.</param>
/// <param name="Certain">Mean probability of the classifier's answer over all channels.</param>
public sealed record StackedEvaluation(int Step, int Captured, double KL, double Error, int Count, double Certain)
{
    internal static StackedEvaluation Of(int step, StackedModes modes, double certain) =>
        new(step, modes.Captured, modes.KL.Value, modes.KL.StandardError, modes.Count, certain);
}
