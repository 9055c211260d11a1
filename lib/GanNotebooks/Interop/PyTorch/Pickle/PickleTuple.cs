namespace GanNotebooks.Interop;

/// <summary>A Python tuple.</summary>
/// <param name="items">Its items.</param>
internal sealed class PickleTuple(params object?[] items)
{
    public static PickleTuple Empty { get; } = new();

    public object?[] Items => items;
}
