using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Samples of the GAN of 2014 that come with the repository, from the recorded run of <see cref="OriginalStudy"/>. Its generator has 2.5
/// million parameters; two thousand of its digits take a tenth of that space.
/// </summary>
public static class RecordedSamples
{
    /// <summary>Name of the file in a run's folder and below <c>data/pretrained/mnist-goodfellow2014</c>.</summary>
    public const string FileName = "samples-idx3-ubyte.gz";

    /// <summary>Number of samples.</summary>
    public const int Count = 2000;

    /// <summary>Reads the samples, [2000, 1, 28, 28] in [-1, 1]. The caller disposes them.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged.</exception>
    public static Tensor Goodfellow2014()
    {
        using var scope = NewDisposeScope();
        var array = IdxReader.Read(Path.Combine(DataFolder.Find(), "pretrained", "mnist-goodfellow2014", FileName), 3);
        return ImageTensors.FromBytes(tensor(array.Values, [array.Shape[0], 1, array.Shape[1], array.Shape[2]], dtype: uint8))
            .MoveToOuterDisposeScope();
    }
}
