using System.Text;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Writes a tensor so that NumPy reads it: <c>numpy.load(path)</c>, format 1.0, little-endian float32, row by row.</summary>
public static class NumpyFile
{
    private const int Alignment = 64, PreambleLength = 10;

    /// <summary>Writes a tensor.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensor">The tensor, of any shape.</param>
    /// <exception cref="IOException">The file cannot be written, or its name belongs to a folder, a link or a device.</exception>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
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
