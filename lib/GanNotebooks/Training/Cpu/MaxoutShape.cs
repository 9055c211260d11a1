namespace GanNotebooks.Training;

/// <summary>Sizes of a maxout layer at work.</summary>
/// <param name="Rows">Samples in a batch.</param>
/// <param name="Inputs">Numbers in one input.</param>
/// <param name="Units">Numbers in one output.</param>
/// <param name="Pieces">Linear functions for each unit.</param>
internal readonly record struct MaxoutShape(int Rows, int Inputs, int Units, int Pieces);
