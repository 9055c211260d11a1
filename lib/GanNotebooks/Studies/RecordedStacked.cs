using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="StackedStudy"/>. Plain numbers.</summary>
/// <param name="Method">One of <see cref="StackedStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Updates of G.</param>
/// <param name="Trajectory">How the averaged generator covered the thousand modes on the way, the last entry being the end.</param>
/// <param name="Seconds">Computing time, counting the modes included.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public sealed record RecordedStacked(string Method, int Seed, int Steps, IReadOnlyList<StackedEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedStacked, StackedEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "stacked-mnist";

    /// <summary>Names of the methods.</summary>
    internal const string Plain = "DCGAN", Packed = "PacDCGAN2", Weak = "DCGAN small D", WeakPacked = "PacDCGAN2 small D", Paired = "R3";

    /// <summary>The methods in the order of tables.</summary>
    internal static IReadOnlyList<string> Methods { get; } = [Plain, Packed, Weak, WeakPacked, Paired];

    /// <summary>The coverage at the end.</summary>
    public StackedEvaluation End => Trajectory[^1];

    /// <summary>The runs that come with the repository, by method and seed.</summary>
    /// <exception cref="DataFileException">There are none.</exception>
    public static IReadOnlyList<RecordedStacked> All() =>
        [.. Of(Study).OrderBy(r => Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];
}

/// <summary>A moment of a <see cref="RecordedStacked"/>: plain numbers of a <see cref="StackedModes"/>.</summary>
/// <param name="Step">Updates of G made.</param>
/// <param name="Captured">Modes with at least one sample, of 1,000.</param>
/// <param name="KL">KL(shares of the modes ‖ uniform) in nats.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Count">Samples, N.</param>
/// <param name="Certain">Mean probability of the classifier's answer over all channels.</param>
public sealed record StackedEvaluation(int Step, int Captured, double KL, double Error, int Count, double Certain)
{
    internal static StackedEvaluation Of(int step, StackedModes modes, double certain) =>
        new(step, modes.Captured, modes.KL.Value, modes.KL.StandardError, modes.Count, certain);
}
