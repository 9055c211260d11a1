namespace GanNotebooks.Metrics;

/// <summary>What a measure says about a sample, compared with what it says about real data.</summary>
public enum Verdict
{
    /// <summary>Significantly worse than real data.</summary>
    Worse,

    /// <summary>Not distinguishable from real data.</summary>
    Alike,

    /// <summary>Significantly better than real data: the measure prefers the sample.</summary>
    Better,
}
