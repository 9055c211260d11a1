namespace GanNotebooks.Data;

/// <summary>
/// MNIST, the handwritten digits: 60,000 for training and 10,000 for testing, 28 x 28, ten classes. Comes with the repository.
/// </summary>
public static class Mnist
{
    /// <summary>Loads the training set.</summary>
    /// <param name="directory">The folder of the files; by default the repository's <c>data/mnist</c>.</param>
    /// <returns>Images of shape <c>[60000, 28, 28]</c> with their labels.</returns>
    /// <exception cref="DataFileException">A file is missing, malformed or not the original one.</exception>
    public static ImageDataset Train(string? directory = null) => MnistFiles.Digits.LoadTrain(directory ?? DefaultDirectory());

    /// <summary>Loads the test set.</summary>
    /// <param name="directory">The folder of the files; by default the repository's <c>data/mnist</c>.</param>
    /// <returns>Images of shape <c>[10000, 28, 28]</c> with their labels.</returns>
    /// <exception cref="DataFileException">A file is missing, malformed or not the original one.</exception>
    public static ImageDataset Test(string? directory = null) => MnistFiles.Digits.LoadTest(directory ?? DefaultDirectory());

    private static string DefaultDirectory() => Path.Combine(DataFolder.Find(), "mnist");
}
