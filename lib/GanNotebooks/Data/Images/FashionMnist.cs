namespace GanNotebooks.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747): ten kinds of clothing in the format and number of MNIST. Does not come
/// with the repository: <c>apt install dataset-fashion-mnist</c>, or put the four files into <c>data/fashion-mnist</c>.
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
    public static ImageDataset Train(string? directory = null) => MnistFiles.Fashion.LoadTrain(directory ?? DefaultDirectory());

    /// <summary>Loads the test set.</summary>
    /// <param name="directory">The folder of the files; by default <c>data/fashion-mnist</c>, then Debian's folder.</param>
    /// <returns>Images of shape <c>[10000, 28, 28]</c> with their labels.</returns>
    /// <exception cref="DataFileException">A file is missing (the message says how to get it), malformed or not the original
    /// one.</exception>
    public static ImageDataset Test(string? directory = null) => MnistFiles.Fashion.LoadTest(directory ?? DefaultDirectory());

    /// <summary>Whether the files are where <see cref="Train"/> looks for them.</summary>
    /// <returns>True if all four are.</returns>
    public static bool IsAvailable() => FirstWithFiles(Candidates()) is not null;

    /// <summary>The first of some folders that holds the four files, or an error that says how to get them.</summary>
    internal static string Locate(params string[] candidates)
        => FirstWithFiles(candidates) ?? throw new DataFileException(
            candidates[0],
            "the four files of Fashion-MNIST (train- and t10k-, images-idx3-ubyte and labels-idx1-ubyte, plain or .gz)",
            "not all of them, neither here nor in " + string.Join(", ", candidates.Skip(1))
                + "; get them with 'apt install dataset-fashion-mnist' (Debian, Ubuntu)"
                + " or from https://github.com/zalandoresearch/fashion-mnist, folder data/fashion");

    private static string[] Candidates() => [Path.Combine(DataFolder.Find(), "fashion-mnist"), DebianDirectory];

    private static string DefaultDirectory() => Locate(Candidates());

    private static string? FirstWithFiles(string[] candidates) => Array.Find(candidates, MnistFiles.Fashion.AreIn);
}
