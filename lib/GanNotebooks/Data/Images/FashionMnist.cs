namespace GanNotebooks.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747): ten kinds of clothing in the format and number of MNIST. The test set
/// comes with the repository, the training set does not: <c>apt install dataset-fashion-mnist</c>, or put its two files into
/// <c>data/fashion-mnist</c>.
/// </summary>
public static class FashionMnist
{
    /// <summary>The folder in which Debian's and Ubuntu's package dataset-fashion-mnist puts the files.</summary>
    public const string DebianDirectory = "/usr/share/datasets/fashion-mnist";

    /// <summary>The names of the ten classes, in their order. They need no files.</summary>
    public static IReadOnlyList<string> ClassNames => MnistFiles.Fashion.ClassNames;

    /// <summary>Loads the training set.</summary>
    /// <param name="directory">The folder of the files; by default <c>data/fashion-mnist</c>, then Debian's folder.</param>
    /// <returns>Images of shape <c>[60000, 28, 28]</c> with their labels.</returns>
    /// <exception cref="DataFileException">A file is missing (the message says how to get it), malformed or not the original
    /// one.</exception>
    public static ImageDataset Train(string? directory = null) => MnistFiles.Fashion.LoadTrain(directory ?? Locate(Candidates()));

    /// <summary>Loads the test set.</summary>
    /// <param name="directory">The folder of the files; by default <c>data/fashion-mnist</c>, then Debian's folder.</param>
    /// <returns>Images of shape <c>[10000, 28, 28]</c> with their labels.</returns>
    /// <exception cref="DataFileException">A file is missing (the message says how to get it), malformed or not the original
    /// one.</exception>
    public static ImageDataset Test(string? directory = null) =>
        MnistFiles.Fashion.LoadTest(directory ?? Array.Find(Candidates(), MnistFiles.Fashion.TestIsIn) ?? Candidates()[0]);

    /// <summary>Whether the training files are where <see cref="Train"/> looks for them.</summary>
    /// <returns>True if both are.</returns>
    public static bool IsAvailable() => Array.Find(Candidates(), MnistFiles.Fashion.TrainIsIn) is not null;

    /// <summary>The first of some folders that holds the training files, or an error that says how to get them.</summary>
    internal static string Locate(params string[] candidates)
        => Array.Find(candidates, MnistFiles.Fashion.TrainIsIn) ?? throw new DataFileException(
            candidates[0],
            "the training files of Fashion-MNIST (train-images-idx3-ubyte and train-labels-idx1-ubyte, plain or .gz)",
            "not both of them, neither here nor in " + string.Join(", ", candidates.Skip(1))
                + "; get them with 'apt install dataset-fashion-mnist' (Debian, Ubuntu)"
                + " or from https://github.com/zalandoresearch/fashion-mnist, folder data/fashion");

    private static string[] Candidates() => [Path.Combine(DataFolder.Find(), "fashion-mnist"), DebianDirectory];
}
