using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// The numbers of a tensor as bytes, little-endian, the last dimension fastest, in pieces: a span cannot hold more than 2 GB, a tensor can.
/// </summary>
internal static class TensorBytes
{
    private const int PieceBytes = 1 << 28;

    /// <summary>Hands out the bytes of a tensor, wherever it lives and however it is strided.</summary>
    public static void Write(Tensor tensor, int elementSize, Action<ReadOnlySpan<byte>> write)
    {
        using var scope = NewDisposeScope();
        foreach (var piece in Pieces(tensor.detach().cpu().contiguous(), elementSize))
            write(piece.bytes);
    }

    /// <summary>Fills a contiguous tensor in the computer's memory from a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static void Fill(Tensor tensor, int elementSize, Stream stream)
    {
        using var scope = NewDisposeScope();
        foreach (var piece in Pieces(tensor, elementSize))
            stream.ReadExactly(piece.bytes);
    }

    private static IEnumerable<Tensor> Pieces(Tensor tensor, int elementSize)
    {
        var flat = tensor.view(-1);
        long count = flat.numel(), step = PieceBytes / elementSize;
        for (long start = 0; start < count; start += step)
            yield return flat.narrow(0, start, Math.Min(step, count - start));
    }
}
