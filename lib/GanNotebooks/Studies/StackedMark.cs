using GanNotebooks.Metrics;

namespace GanNotebooks.Training;

/// <summary>A moment of a <see cref="RecordedStacked"/>: plain numbers of a <see cref="StackedModes"/>.</summary>
/// <param name="Step">Updates of G made.</param>
/// <param name="Captured">Modes with at least one sample, of 1,000.</param>
/// <param name="KL">KL(shares of the modes ‖ uniform) in nats.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Count">Samples, N.</param>
/// <param name="Certain">Mean probability of the classifier's answer over all channels.</param>
public sealed record StackedMark(int Step, int Captured, double KL, double Error, int Count, double Certain)
{
    internal static StackedMark Of(int step, StackedModes modes, double certain) => new(step, modes.Captured, modes.KL.Value, modes.KL.StandardError, modes.Count, certain);
}
