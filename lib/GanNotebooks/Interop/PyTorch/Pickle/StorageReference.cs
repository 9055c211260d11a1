namespace GanNotebooks.Interop;

/// <summary>Where the numbers of tensors are in a checkpoint; several tensors may look at the same ones.</summary>
/// <param name="Element">What the numbers are.</param>
/// <param name="Key">The entry is <c>data/Key</c>.</param>
/// <param name="Count">How many numbers.</param>
internal sealed record StorageReference(ElementType Element, string Key, long Count);
