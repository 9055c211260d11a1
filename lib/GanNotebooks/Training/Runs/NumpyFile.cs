using System.Text;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Writes a tensor so that NumPy reads it: <c>numpy.load(path)</c>, format 1.0, little-endian float32, row by row.</summary>
internal static class NumpyFile
{
    private const int Alignment = 64, PreambleLength = 10;

    public static void Write(string path, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().to(float32).contiguous();
        string shape = string.Concat(values.shape.Select(s => $"{s}, ")); // a tuple of one needs its comma
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}";
        int padded = (PreambleLength + header.Length) / Alignment * Alignment + Alignment - PreambleLength;
        AtomicFile.Write(path, stream =>
        {
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)padded, (byte)(padded >> 8)]);
            stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
            stream.Write(values.bytes);
        });
    }
}
