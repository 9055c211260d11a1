using System.Diagnostics;
using System.Net.Sockets;

namespace GanNotebooks.Tests.Runtime.Files;

/// <summary>A folder with everything that has the name of a file and is none. No test needs to be root for it.</summary>
internal sealed class SpecialFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-special-").FullName;
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public SpecialFiles()
    {
        using var maker = Process.Start("mkfifo", [In("pipe")]);
        maker.WaitForExit();
        socket.Bind(new UnixDomainSocketEndPoint(In("socket")));
        Directory.CreateDirectory(In("folder"));
        File.CreateSymbolicLink(In("dangling"), In("nowhere"));
        File.CreateSymbolicLink(In("circle"), In("circle"));
        File.CreateSymbolicLink(In("link-to-pipe"), In("pipe"));
        File.CreateSymbolicLink(In("link-to-device"), "/dev/zero");
    }

    /// <summary>Each with the words that a refusal must contain.</summary>
    public IEnumerable<(string Path, string Word)> All =>
    [
        (In("pipe"), "named pipe"), (In("socket"), "socket"), (In("folder"), "directory"), ("/dev/zero", "device"), ("/dev/null", "device"),
        (In("dangling"), "leads nowhere"), (In("circle"), "leads nowhere"), (In("link-to-pipe"), "named pipe"),
        (In("link-to-device"), "device"),
    ];

    public string In(string name) => Path.Combine(folder, name);

    public void Dispose()
    {
        socket.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Skips a test where there are no such files.</summary>
    public static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs and no /dev");
}
