namespace GanNotebooks.Interop;

/// <summary>A tensor as a pickle describes it: a view of a storage, checked to stay inside.</summary>
/// <param name="Storage">The numbers.</param>
/// <param name="Offset">The place of the first.</param>
/// <param name="Size">Dimensions.</param>
/// <param name="Stride">Steps per dimension, in numbers.</param>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Size, long[] Stride)
{
    private const int MaxRank = 64; // torch's own limit

    /// <summary>Why this is no possible view; null when it is one.</summary>
    public string? Fault()
    {
        if (Size.Length != Stride.Length || Size.Length > MaxRank) return $"has {Size.Length} dimensions and {Stride.Length} strides";
        if (TensorShape.Elements(Size) is not { } count) return $"has the impossible shape {Quoted.Shape(Size)}";
        if (Offset < 0 || Stride.Any(s => s < 0)) return "has a negative offset or stride";
        if (count == 0) return null;
        var last = (Int128)Offset;
        for (int i = 0; i < Size.Length; i++) last += (Int128)(Size[i] - 1) * Stride[i];
        return last < Storage.Count ? null : $"with shape {Quoted.Shape(Size)}, strides {Quoted.Shape(Stride)} and offset {Offset} reaches beyond its {Storage.Count} numbers";
    }
}
