using System.Collections.Concurrent;
using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// The folder of a run, which one process holds at a time. A folder with anything in it that no run has made is refused, and nothing is
/// written through a link. The file <c>run.lock</c> is the lock, and its content says that the folder is a run's.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string LockName = "run.lock", Checkpoints = "checkpoints";
    private const int Named = 5, LockAttempts = 5, LockPauseMilliseconds = 20;

    // What a run, its command and a study write.
    private static readonly string[] Files = ["config.json", RecordLog.FileName, "train.json", "course.json", "measures.json"],
        Folders = [Checkpoints, "samples", "tensorboard", "weights"];

    // Systems write these into any folder that somebody looks at.
    private static readonly string[] Harmless = [".DS_Store", "desktop.ini", "Thumbs.db"];
    private static readonly byte[] Marker = Encoding.UTF8.GetBytes("GAN Notebooks: this folder holds one training run.\n");
    private static readonly ConcurrentDictionary<string, bool> Held = new();

    private readonly FileStream lockFile;
    private readonly string path;
    private readonly bool isNew, isOwn; // whether lock and folder were not there before

    private RunFolder(string path, FileStream lockFile, bool isNew, bool isOwn) =>
        (this.path, this.lockFile, this.isNew, this.isOwn) = (path, lockFile, isNew, isOwn);

    /// <summary>Takes a folder for this process, and creates it when needed. Nothing is written before the lock is held.</summary>
    /// <param name="path">Full path of the folder.</param>
    /// <exception cref="ForeignFolderException">The folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Somebody else holds the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written, or a part of it is a link or no folder.</exception>
    public static RunFolder Take(string path)
    {
        string name = System.IO.Path.Combine(path, LockName);
        AtomicFile.RequireReplaceable(name);
        if (!File.Exists(name))
            RequireNothingForeign(path);
        bool isOwn = !Directory.Exists(path);
        Directory.CreateDirectory(path);
        var file = Lock(path, name);
        try
        {
            byte[] found = new byte[Marker.Length + 1];
            int length = file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
            if (!Marker.AsSpan().StartsWith(found.AsSpan(0, length))) // a killed process may have written a part of it
                throw new ForeignFolderException(path, [LockName]);
            if (length < Marker.Length)
            {
                RequireNothingForeign(path);
                file.Position = 0;
                file.Write(Marker);
                file.Flush(flushToDisk: true);
            }
            RequireNoLinks(path);
            Held[path] = true;
            return new RunFolder(path, file, isNew: length < Marker.Length, isOwn);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Returns the path of a folder in this one, and creates it when needed.</summary>
    /// <exception cref="IOException">There is a link or a file in its place.</exception>
    public string Subfolder(string name)
    {
        string folder = RequireFolder(System.IO.Path.Combine(path, name));
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Removes the lock's file, and the folder if it is empty then. The caller has removed the rest of the run.</summary>
    public void Remove()
    {
        File.Delete(System.IO.Path.Combine(path, LockName));
        Dispose();
        RemoveIfEmpty(path);
    }

    /// <summary>Removes a folder that is empty.</summary>
    public static void RemoveIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>Releases the folder. One in which nothing was written, because the run was refused, is left as it was found.</summary>
    public void Dispose()
    {
        bool isUnused = isNew && Held.ContainsKey(path) && IsUnused();
        if (isUnused)
            File.Delete(System.IO.Path.Combine(path, LockName));
        Held.TryRemove(path, out _);
        lockFile.Dispose();
        if (isUnused && isOwn)
            RemoveIfEmpty(path);
    }

    private bool IsUnused()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(path).All(entry => System.IO.Path.GetFileName(entry) == LockName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether somebody holds a folder at this moment. Nothing is written.</summary>
    /// <param name="path">Full path of the folder.</param>
    public static bool IsHeld(string path)
    {
        string name = System.IO.Path.Combine(path, LockName);
        if (Held.ContainsKey(path))
            return true;
        try
        {
            if (!File.Exists(name) || RegularFile.Fault(name) is not null)
                return false;
            using var probe = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException error) when (IsTaken(error))
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Whoever asks with IsHeld has the file open for a moment.
    private static FileStream Lock(string path, string name)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsTaken(error))
            {
                if (attempt == LockAttempts || Held.ContainsKey(path))
                    throw new RunInUseException(path, Held.ContainsKey(path), error);
                Thread.Sleep(LockPauseMilliseconds);
            }
        }
    }

    // held by another process: EAGAIN of Linux and macOS, sharing and lock violation of Windows
    private static bool IsTaken(IOException error) => (error.HResult & 0xffff) is 11 or 35 or 32 or 33;

    private static void RequireNothingForeign(string path)
    {
        if (!Directory.Exists(path))
        {
            RegularFile.Check(path);
            if (File.Exists(path))
                throw new IOException($"{path} is a file; a run needs a folder");
            return;
        }
        if (HoldsCheckpoints(path))
            return;
        string[] foreign =
        [
            .. new DirectoryInfo(path).EnumerateFileSystemInfos()
                .Where(e => e.Name != LockName && !Harmless.Contains(e.Name) && IsForeign(e))
                .Select(e => e.Name).Order(StringComparer.Ordinal),
        ];
        if (foreign.Length > 0)
            throw new ForeignFolderException(path, foreign);
    }

    // Every name that a run writes, so that a link is found before the training and not after it.
    private static void RequireNoLinks(string path)
    {
        foreach (string name in Files)
            AtomicFile.RequireReplaceable(System.IO.Path.Combine(path, name));
        foreach (string name in Folders)
        {
            string folder = RequireFolder(System.IO.Path.Combine(path, name));
            foreach (string entry in Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder).Where(IsWritten) : [])
                AtomicFile.RequireReplaceable(entry);
        }
    }

    private static bool IsWritten(string entry) => System.IO.Path.GetFileName(entry) is var name
        && (name.StartsWith("step-", StringComparison.Ordinal) || System.IO.Path.GetExtension(name) is ".safetensors" or ".json");

    private static string RequireFolder(string folder)
    {
        var info = new DirectoryInfo(folder);
        if (info.LinkTarget is { } target)
            throw new IOException($"{folder} is a link to {target}; a run writes into folders of its own only. Remove the link.");
        if (File.Exists(folder))
            throw new IOException($"{folder} is {RegularFile.Fault(folder) ?? "a file"}; a run needs a folder there.");
        return folder;
    }

    // Folders without content are nobody's loss.
    private static bool IsForeign(FileSystemInfo entry) =>
        entry is not DirectoryInfo folder || folder.LinkTarget is not null || folder.EnumerateFileSystemInfos().Any();

    // A run of a library that did not mark its folders.
    private static bool HoldsCheckpoints(string path)
    {
        string folder = System.IO.Path.Combine(path, Checkpoints);
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "step-*.checkpoint").Any(IsCheckpoint);
    }

    /// <summary>Whether a file begins as a checkpoint does.</summary>
    public static bool IsCheckpoint(string file)
    {
        if (RegularFile.Fault(file) is not null)
            return false;
        using var stream = RegularFile.OpenRead(file);
        byte[] start = new byte[CheckpointFile.Magic.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan().SequenceEqual(CheckpointFile.Magic);
    }

    public static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? $" and {names.Count - Named} more" : "");
}

/// <summary>The exception of a run whose folder is in use.</summary>
/// <param name="folder">Path of the run's folder.</param>
/// <param name="here">Whether this process holds the folder.</param>
/// <param name="cause">Exception from the attempt to open the lock file.</param>
public sealed class RunInUseException(string folder, bool here, Exception? cause = null) : IOException(
    here
        ? $"{folder} is in use: a RunDirectory of this session holds it. Dispose that one, or restart the kernel."
        : $"{folder} is in use: another process is still training this run. Wait for it, or end it; killing `dotnet run` leaves the "
            + "process `workbook`, which it started, alive.", cause);

/// <summary>The exception of a folder that holds something other than a run.</summary>
/// <param name="folder">Path of the folder.</param>
/// <param name="names">Names of the files and folders in it that no run has made.</param>
public sealed class ForeignFolderException(string folder, IReadOnlyList<string> names) : IOException(
    $"{folder} is not the folder of a run: it holds {RunFolder.Listed(names)}. Nothing was written. Name a new or an empty folder.");
