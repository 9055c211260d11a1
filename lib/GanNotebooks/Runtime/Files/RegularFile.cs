using System.Runtime.InteropServices;
using System.Text;

namespace GanNotebooks.Runtime;

/// <summary>
/// Opens what somebody else named, if it is a regular file, or a link that leads to one. Opening a named pipe waits for a writer, perhaps
/// for ever, and a device such as <c>/dev/zero</c> has no end: the type of a file is asked before it is opened.
/// </summary>
internal static class RegularFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it will be read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is no regular file, or it cannot be read.</exception>
    public static FileStream OpenRead(string path, FileOptions options = FileOptions.SequentialScan)
    {
        Check(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, options);
    }

    /// <summary>Reads a whole text; its encoding is UTF-8 unless a byte order mark says otherwise.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is no regular file, or it cannot be read.</exception>
    public static string ReadText(string path)
    {
        Check(path);
        return File.ReadAllText(path);
    }

    /// <summary>Refuses what is there and is no regular file; a name that nothing has is left to whoever opens it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is a folder, a named pipe, a socket, a device or a link to nothing; the message says
    /// which.</exception>
    public static void Check(string path)
    {
        if (Fault(path) is { } fault)
            throw new IOException($"{path} is {fault}, not a file");
    }

    /// <summary>What there is in place of a regular file, in words such as "a directory"; null when it is one, or nothing.</summary>
    /// <param name="path">The file.</param>
    public static string? Fault(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            return "a name with a zero character";
        if (Directory.Exists(path))
            return "a directory";
        if (OperatingSystem.IsWindows())
            return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null;
        return NativeMode.Of(path) is { } mode ? Fault(mode) : LinkFault(path);
    }

    private static string? Fault(int mode) => (mode & NativeMode.TypeMask) switch
    {
        NativeMode.Regular => null,
        NativeMode.Directory => "a directory",
        NativeMode.Pipe => "a named pipe",
        NativeMode.Socket => "a socket",
        NativeMode.CharacterDevice or NativeMode.BlockDevice => "a device",
        _ => "something unknown",
    };

    private static string? LinkFault(string path) =>
        new FileInfo(path).LinkTarget is { } target ? $"a link to {target}, which leads nowhere" : null;

    /// <summary>
    /// .NET does not tell a pipe from a file (its FileAttributes say Normal for both), so this asks the function through which .NET
    /// itself calls stat(2). It has the same form on every Unix, which libc's has not.
    /// </summary>
    private static class NativeMode
    {
        public const int TypeMask = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, Directory = 0x4000, BlockDevice = 0x6000,
            Regular = 0x8000, Socket = 0xC000;

        private const int ModeIndex = 1, AmpleInts = 128;

        /// <summary>Mode of the file that a path leads to; null when nothing is there or it may not be asked.</summary>
        public static int? Of(string path)
        {
            int[] status = new int[AmpleInts]; // flags, mode, ...: 120 bytes in .NET 10
            return Stat([.. Encoding.UTF8.GetBytes(path), 0], status) == 0 ? status[ModeIndex] : null;
        }

        [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Stat(byte[] path, [Out] int[] status);
    }
}
