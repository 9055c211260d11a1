namespace GanNotebooks.Training;

/// <summary>A checkpoint cannot be used: it is damaged, or it belongs to another run.</summary>
/// <param name="message">Which file, and why.</param>
public sealed class CheckpointException(string message) : IOException(message);
