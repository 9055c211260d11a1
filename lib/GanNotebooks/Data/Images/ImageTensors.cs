using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>The bridge from bytes in managed memory to tensors: images as float32 in [-1, 1], black -1 and white +1.</summary>
public static class ImageTensors
{
    /// <summary>Half of the range of a byte: x = b / 127.5 - 1.</summary>
    public const double HalfRange = 127.5;

    /// <summary>All images as a float tensor; 188 MB for the 60,000 digits, so prefer <see cref="ShuffledBatches"/> for training.</summary>
    /// <param name="data">The images.</param>
    /// <returns>float32 <c>[N, 1, H, W]</c> in [-1, 1] on the CPU; the caller disposes it.</returns>
    public static Tensor ToTensor(this ImageDataset data)
    {
        using var bytes = data.ToByteTensor();
        return FromBytes(bytes);
    }

    /// <summary>All images as rows.</summary>
    /// <param name="data">The images.</param>
    /// <returns>float32 <c>[N, H W]</c> in [-1, 1] on the CPU; the caller disposes it.</returns>
    public static Tensor ToFlatTensor(this ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var images = data.ToTensor();
        return images.view(data.Count, -1); // [N, HW]
    }

    /// <summary>All images as they are stored.</summary>
    /// <param name="data">The images.</param>
    /// <returns>uint8 <c>[N, 1, H, W]</c> on the CPU; the caller disposes it.</returns>
    public static Tensor ToByteTensor(this ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return tensor(data.Pixels.ToArray(), [data.Count, 1, data.Height, data.Width], dtype: ScalarType.Byte); // [N, 1, H, W]
    }

    /// <summary>Converts the labels to a tensor.</summary>
    /// <param name="data">The images.</param>
    /// <returns>int64 <c>[N]</c> on the CPU; the caller disposes it.</returns>
    public static Tensor ToLabelTensor(this ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return tensor(Array.ConvertAll(data.Labels.ToArray(), label => (long)label)); // [N]
    }

    /// <summary>Bytes to floats: x = b / 127.5 - 1.</summary>
    /// <param name="bytes">uint8 of any shape.</param>
    /// <returns>float32 of the same shape and device in [-1, 1]; the caller disposes it.</returns>
    public static Tensor FromBytes(Tensor bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.dtype != ScalarType.Byte)
            throw new ArgumentException($"Expected a uint8 tensor, got {bytes.dtype}.", nameof(bytes));
        return bytes.to_type(ScalarType.Float32).div_(HalfRange).sub_(1);
    }

    /// <summary>Floats back to bytes for showing: b = round(127.5 (x + 1)), clamped to 0 ... 255.</summary>
    /// <param name="images">float32 of any shape, nominally in [-1, 1].</param>
    /// <returns>uint8 of the same shape and device; the caller disposes it.</returns>
    public static Tensor ToBytes(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        return images.detach().add(1).mul(HalfRange).round().clamp(0, 255).to_type(ScalarType.Byte).MoveToOuterDisposeScope();
    }
}
