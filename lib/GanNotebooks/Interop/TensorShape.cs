namespace GanNotebooks.Interop;

/// <summary>Arithmetic with the dimensions that a file claims: nothing in it can overflow.</summary>
internal static class TensorShape
{
    /// <summary>
    /// The number of elements; null when it does not fit 63 bits. A dimension of 0 makes the product 0 and still may not hide others that
    /// overflow: torch multiplies them for the strides.
    /// </summary>
    public static long? Elements(ReadOnlySpan<long> shape)
    {
        long product = 1;
        bool empty = false;
        foreach (long size in shape)
        {
            if (size < 0)
                return null;
            empty |= size == 0;
            long factor = Math.Max(size, 1);
            if (product > long.MaxValue / factor)
                return null;
            product *= factor;
        }
        return empty ? 0 : product;
    }
}
