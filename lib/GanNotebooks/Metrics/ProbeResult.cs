namespace GanNotebooks.Metrics;

/// <summary>The accuracy that one kind of features gave with some labels.</summary>
/// <param name="Features">What the features are.</param>
/// <param name="Labels">Labelled images to learn from, n.</param>
/// <param name="Seed">Which images these were.</param>
/// <param name="Accuracy">Share of the test images that was classified correctly.</param>
public sealed record ProbeResult(string Features, int Labels, int Seed, double Accuracy);
