using System.Diagnostics;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

public sealed class BookPicturesTests : IDisposable
{
    private static readonly byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];
    private readonly TemporaryFolder folder = new();
    private readonly BookPictures pictures;

    public BookPicturesTests()
    {
        foreach (string name in new[] { "notes/a", "notes/b", "clone", "secret" })
            Directory.CreateDirectory(folder.File(name));
        pictures = new BookPictures(folder.File("book"), folder.File("clone"));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("notes/x.png", "files/x.png")]
    [InlineData("notes/a/x.PNG", "files/x.png")]
    [InlineData("clone/docs/x.png", "files/x.png")]
    [InlineData("notes/a b'ü.png", "files/a_b__.png")]
    [InlineData("secret/x.png", null)]
    [InlineData("notes/x.txt", null)]
    [InlineData("notes/x.svg", null)]
    [InlineData("notes/x", null)]
    public void Take_Picture_OnlyFromBelowTheNotebookOrTheRepository(string name, string? address)
    {
        Write(name, png);
        Assert.Equal(address, Take(name));
    }

    [Fact]
    public void Take_TwoOfOneName_GetANumberAndOneTwiceDoesNot()
    {
        Write("notes/a/x.png", png);
        Write("notes/b/X.png", [.. png, 4]);

        Assert.Equal(["files/x.png", "files/X-2.png", "files/x.png"],
            new[] { "notes/a/x.png", "notes/b/X.png", "notes/a/x.png" }.Select(Take));
        Assert.Equal([.. png, 4], File.ReadAllBytes(folder.File("book/files/X-2.png")));
    }

    [Fact]
    public void Take_WhatIsNoPictureInside_IsRefused()
    {
        Write("notes/lies.png", [.. "root:x:0:0"u8]);
        Write("notes/empty.png", []);
        Write("notes/large.png", png);
        using (var stream = File.OpenWrite(folder.File("notes/large.png")))
            stream.SetLength(BookPictures.BytesAtMost + 1);

        Assert.All(["notes/lies.png", "notes/empty.png", "notes/large.png", "notes/missing.png", "notes/a"],
            name => Assert.Null(Take(name)));
    }

    [Fact]
    public void Take_Links_AreFollowedBeforeThePlaceIsJudged()
    {
        Write("secret/x.png", png);
        Write("notes/a/y.png", png);
        File.CreateSymbolicLink(folder.File("notes/file.png"), folder.File("secret/x.png"));
        File.CreateSymbolicLink(folder.File("notes/folder"), folder.File("secret"));
        File.CreateSymbolicLink(folder.File("notes/inside.png"), "a/y.png");
        File.CreateSymbolicLink(folder.File("notes/circle.png"), "circle.png");
        File.CreateSymbolicLink(folder.File("notes/nowhere.png"), "no-such.png");

        Assert.All(["notes/file.png", "notes/folder/x.png", "notes/circle.png", "notes/nowhere.png"], name => Assert.Null(Take(name)));
        Assert.Equal("files/y.png", Take("notes/inside.png"));
    }

    [Fact]
    public void Take_PipeAndDevice_AreNotOpened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: Windows has no FIFOs and no /dev");
        using (var maker = Process.Start("mkfifo", [folder.File("notes/pipe.png")]))
            maker.WaitForExit();
        File.CreateSymbolicLink(folder.File("notes/zero.png"), "/dev/zero");

        Assert.Null(Take("notes/pipe.png"));
        Assert.Null(Take("notes/zero.png"));
        Assert.Null(pictures.Take("/dev/zero", "/dev"));
    }

    private string? Take(string name) => pictures.Take(folder.File(name), folder.File("notes"));

    private void Write(string name, byte[] bytes)
    {
        folder.Write(name, "");
        File.WriteAllBytes(folder.File(name), bytes);
    }
}
