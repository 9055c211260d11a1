using System.Buffers.Binary;
using System.Diagnostics;
using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime.Files;

/// <summary>
/// A process that replaces one file without end: this very program, told by an environment variable. Its contents are a length and so many
/// copies of the writer's letter.
/// </summary>
internal static class WriterChild
{
    private const string Variable = "GAN_NOTEBOOKS_WRITER_TEST";
    private const int Longest = 50_000, Pieces = 7;

    public static Process Start(string file, char letter)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[Variable] = letter + file;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(WriterChild).Assembly.Location);
        return Process.Start(start)!;
    }

    /// <summary>Writes until the process is killed, if the variable asks for it.</summary>
    public static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not [var letter, .. var file])
            return;
        var random = new Random(letter);
        for (bool first = true; ; first = false)
        {
            byte[] content = new byte[sizeof(int) + random.Next(Longest)];
            content.AsSpan(sizeof(int)).Fill((byte)letter);
            BinaryPrimitives.WriteInt32LittleEndian(content, content.Length);
            AtomicFile.Write(file, stream =>
            {
                foreach (byte[] piece in content.Chunk(1 + content.Length / Pieces))
                    stream.Write(piece);
            });
            if (first)
                Console.WriteLine("writing");
        }
    }

    public static void RequireWhole(byte[] content)
    {
        Assert.True(content.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(content) == content.Length,
            $"{content.Length} bytes");
        Assert.False(content.AsSpan(sizeof(int)).ContainsAnyExcept(content.Length > sizeof(int) ? content[^1] : (byte)0));
    }
}
