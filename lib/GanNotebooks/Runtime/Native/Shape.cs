namespace GanNotebooks.Runtime;

/// <summary>Tensor shapes as messages print them.</summary>
internal static class Shape
{
    /// <summary>Prints a shape, for example <c>[64, 2]</c>.</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
