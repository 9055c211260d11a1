namespace GanNotebooks.Interop;

/// <summary>One tensor of a safetensors header.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Element">What its numbers are.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Start">Where its bytes start, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsEntry(string Name, ElementType Element, long[] Shape, long Start, long End);
