using System.Diagnostics;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data.Own;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private ImageFolderOptions Options => new() { CacheFolder = Path.Combine(folder.Path, "cache") };

    private string Photos => Path.Combine(folder.Path, "photos");

    public void Dispose() => folder.Dispose();

    // Every kind of PNG that there is shows the same red square over white; grey ones show its luma.
    [Theory]
    [InlineData("rgb", 255, 0, 0)]
    [InlineData("rgb 16 bit", 255, 0, 0)]
    [InlineData("rgb interlaced", 255, 0, 0)]
    [InlineData("palette", 255, 0, 0)]
    [InlineData("palette with transparency", 255, 0, 0)]
    [InlineData("half transparent", 255, 127, 127)]
    [InlineData("transparent", 255, 255, 255)]
    [InlineData("grey", 76, 76, 76)]
    [InlineData("grey 16 bit", 76, 76, 76)]
    [InlineData("grey of one bit", 255, 255, 255)]
    [InlineData("grey with alpha", 76, 76, 76)]
    [InlineData("jpeg", 254, 0, 0)]
    [InlineData("inks", 255, 0, 0)]
    public void Load_EveryKindOfFile_GivesItsColour(string kind, int red, int green, int blue)
    {
        Write("a.png", One(kind));
        using var images = new ImageFolder(Photos, 8, 3, options: Options);
        using var all = images.All();
        Assert.Equal([1, 3, 8, 8], all.shape);
        using var bytes = ImageTensors.ToBytes(all).reshape(3, 64);
        int[] expected = [red, green, blue];
        for (int c = 0; c < 3; c++)
            Assert.All(bytes[c].data<byte>().ToArray(), value => Assert.InRange(value, expected[c] - 1, expected[c] + 1));
    }

    [Fact]
    public void Load_OneChannel_TakesLuma()
    {
        Write("a.png", PictureBytes.Png(4, 4, (_, _) => [200, 100, 50]));
        using var images = new ImageFolder(Photos, 4, 1, options: Options);
        using var all = images.All();
        Assert.Equal(0.299 * 200 + 0.587 * 100 + 0.114 * 50, (all.mean().item<float>() + 1) * ImageTensors.HalfRange, 0.5);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(0)]
    public void Load_TransparentPixels_LieOnTheBackground(byte background)
    {
        Write("a.png", PictureBytes.Png(4, 4, (_, _) => [9, 9, 9, 0], PictureBytes.ColourAlpha));
        using var images = new ImageFolder(Photos, 4, 3, options: Options with { Background = background });
        using var all = images.All();
        Assert.Equal(background == 255 ? 1 : -1, all.mean().item<float>());
    }

    // The picture is dark but for one quarter; Exif says which way is up (figure of section 4.6.4 A of Exif 2.3).
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(6, 1, 0)]
    [InlineData(8, 0, 1)]
    public void Load_TurnedPhotograph_IsUpright(int orientation, int column, int row)
    {
        byte[] jpeg = PictureBytes.Jpeg(32, 32,
            (x, y) => x < 16 && y < 16 ? ((byte)255, (byte)255, (byte)255) : ((byte)0, (byte)0, (byte)0));
        Write("a.jpg", PictureBytes.Turned(jpeg, orientation));
        using var images = new ImageFolder(Photos, 2, 1, options: Options);
        using var all = images.All();
        Assert.Equal(row * 2 + column, all.flatten().argmax().item<long>());
    }

    // These two mirror along a diagonal: the light quarter is one that the diagonal moves.
    [Theory]
    [InlineData(5, 1, 0, 2)]
    [InlineData(7, 0, 0, 3)]
    public void Load_MirroredPhotograph_IsUpright(int orientation, int column, int row, int expected)
    {
        byte[] jpeg = PictureBytes.Jpeg(32, 32,
            (x, y) => x / 16 == column && y / 16 == row ? ((byte)255, (byte)255, (byte)255) : ((byte)0, (byte)0, (byte)0));
        Write("a.jpg", PictureBytes.Turned(jpeg, orientation));
        using var images = new ImageFolder(Photos, 2, 1, options: Options);
        using var all = images.All();
        Assert.Equal(expected, all.flatten().argmax().item<long>());
    }

    [Fact]
    public void Load_MixedSizesAndFolders_AreOneShapeInOrdinalOrder()
    {
        Write("b.PNG", PictureBytes.Png(5, 40, (_, _) => [1, 2, 3]));
        Write("a.jpeg", PictureBytes.Jpeg(30, 7, (_, _) => (1, 2, 3)));
        Write("Z/c.png", PictureBytes.Png(1, 1, (_, _) => [1, 2, 3]));
        Write("Z/inner/d.png", PictureBytes.Png(3, 2, (_, _) => [1, 2, 3]));
        Write(".hidden/e.png", [1]);
        Write("._b.png", [1]);
        Write("notes.txt", [65]);
        using var images = new ImageFolder(Photos, 6, 3, options: Options);
        Assert.Equal(["Z/c.png", "Z/inner/d.png", "a.jpeg", "b.PNG"], images.Files);
        Assert.Equal(["notes.txt"], images.Others);
        Assert.Equal([3, 6, 6], images.SampleShape);
        Assert.StartsWith("photos: 4 images of 3 x 6 x 6, digest ", images.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BrokenFiles_AreAllInOneLineOrLeftOut()
    {
        for (int k = 0; k < 8; k++)
            Write($"bad{k}.png", k % 2 == 0 ? [] : [1, 2, 3]);
        Write("good.png", PictureBytes.Png(3, 3, (_, _) => [1, 2, 3]));
        Write("phone.heic", [1]);
        var error = Assert.Throws<DataFileException>(() => new ImageFolder(Photos, 8, options: Options));
        Assert.Contains("9 of 10 that cannot: bad0.png (it is empty), bad1.png (it is no PNG and no JPEG)", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("bad4.png (it is empty) and 4 more", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        using var images = new ImageFolder(Photos, 8, options: Options with { SkipBroken = true });
        Assert.Equal(["good.png"], images.Files);
        Assert.Equal(9, images.Broken.Count);
        Assert.Contains(images.Broken, b => b.File == "phone.heic" && b.Reason.Contains("save it as", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_NothingToRead_IsSaid()
    {
        Assert.Contains("no such folder", Assert.Throws<DataFileException>(() => new ImageFolder(Photos, 8)).Message,
            StringComparison.Ordinal);
        Write("notes.txt", [65]);
        Assert.Contains("none, but 1 others, such as notes.txt",
            Assert.Throws<DataFileException>(() => new ImageFolder(Photos, 8)).Message, StringComparison.Ordinal);
        Write("a.png", []);
        Assert.Contains("at least one image that can be read", Assert.Throws<DataFileException>(
            () => new ImageFolder(Photos, 8, options: new() { SkipBroken = true })).Message, StringComparison.Ordinal);
        Assert.Contains("found a file", Assert.Throws<DataFileException>(
            () => new ImageFolder(Path.Combine(Photos, "a.png"), 8)).Message, StringComparison.Ordinal);
        Assert.Contains("1 channel (grey) or 3", Assert.Throws<ArgumentException>(() => new ImageFolder(Photos, 8, 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageFolder(Photos, 2000));
    }

    [Fact]
    public void Load_LinksAndPipes_AreFollowedOrNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links and pipes of Linux");
        string elsewhere = Path.Combine(folder.Path, "elsewhere.png");
        File.WriteAllBytes(elsewhere, PictureBytes.Png(3, 3, (_, _) => [1, 2, 3]));
        Directory.CreateDirectory(Photos);
        File.CreateSymbolicLink(Path.Combine(Photos, "link.png"), elsewhere);
        using (var images = new ImageFolder(Photos, 8, options: Options))
            Assert.Equal(["link.png"], images.Files);
        File.CreateSymbolicLink(Path.Combine(Photos, "circle.png"), Path.Combine(Photos, "circle.png"));
        File.CreateSymbolicLink(Path.Combine(Photos, "nowhere.png"), Path.Combine(folder.Path, "nowhere.png"));
        File.CreateSymbolicLink(Path.Combine(Photos, "up"), folder.Path);
        using (var pipe = Process.Start("mkfifo", [Path.Combine(Photos, "pipe.png")]))
            pipe.WaitForExit();
        string message = Assert.Throws<DataFileException>(() => new ImageFolder(Photos, 8, options: Options)).Message;
        Assert.Contains("4 of 5", message, StringComparison.Ordinal);
        foreach (string part in (string[])["pipe.png (it is a named pipe)", "nowhere.png (it is a link to", "circle.png (",
            "up (it is a link to a folder"])
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Next_SameSeed_GivesTheSameBatchesAndSeeksBitForBit()
    {
        for (int k = 0; k < 7; k++)
            Write($"{k}.png", PictureBytes.Png(4, 4, (_, _) => [(byte)(30 * k), 0, 0]));
        using var one = new ImageFolder(Photos, 8, seed: 3, options: Options);
        using var two = new ImageFolder(Photos, 8, seed: 3, options: Options);
        Assert.Equal(one.Name, two.Name);
        for (int k = 0; k < 5; k++)
        {
            using Tensor a = one.Next(3), b = two.Next(3);
            Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
        }

        var position = one.Position;
        using var next = one.Next(3);
        two.Seek(new BatchPosition(3, 0, 0));
        two.Seek(position);
        using var again = two.Next(3);
        Assert.Equal(next.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => one.Seek(new BatchPosition(4, 0, 0)));
        using var epoch = new ImageFolder(Photos, 1, 1, options: Options);
        using var once = epoch.Next(7);
        Assert.Equal(7, once.flatten().unique().output.numel());
    }

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Photos, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] One(string kind)
    {
        const int side = 11;
        return kind switch
        {
            "rgb" => PictureBytes.Png(side, side, (_, _) => [255, 0, 0]),
            "rgb 16 bit" => PictureBytes.Png(side, side, (_, _) => [255, 255, 0, 0, 0, 0], depth: 16),
            "rgb interlaced" => PictureBytes.Png(side, side, (_, _) => [255, 0, 0], interlaced: true),
            "palette" => PictureBytes.Png(side, side, (_, _) => [1], PictureBytes.Palette, before: ("PLTE", [0, 0, 0, 255, 0, 0])),
            "palette with transparency" => PictureBytes.Png(side, side, (_, _) => [1], PictureBytes.Palette,
                before: [("PLTE", [0, 0, 0, 255, 0, 0]), ("tRNS", [0])]),
            "half transparent" => PictureBytes.Png(side, side, (_, _) => [255, 0, 0, 128], PictureBytes.ColourAlpha),
            "transparent" => PictureBytes.Png(side, side, (_, _) => [0], PictureBytes.Palette,
                before: [("PLTE", [0, 0, 0, 255, 0, 0]), ("tRNS", [0])]),
            "grey" => PictureBytes.Png(side, side, (_, _) => [76], PictureBytes.Grey),
            "grey 16 bit" => PictureBytes.Png(side, side, (_, _) => [76, 200], PictureBytes.Grey, depth: 16),
            "grey of one bit" => PictureBytes.Png(side, side, [.. Enumerable.Repeat<byte[]>([0, 255, 255], side).SelectMany(r => r)],
                PictureBytes.Grey, depth: 1),
            "grey with alpha" => PictureBytes.Png(side, side, (_, _) => [76, 255], PictureBytes.GreyAlpha),
            "jpeg" => PictureBytes.Jpeg(side, side, (_, _) => (255, 0, 0)),
            "inks" => PictureBytes.Inks([255, 0, 0, 255], adobe: true),
            _ => throw new ArgumentException(kind),
        };
    }
}
