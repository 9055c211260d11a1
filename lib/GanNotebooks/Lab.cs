namespace GanNotebooks;

/// <summary>The reader's way in.</summary>
public sealed class Lab
{
}
