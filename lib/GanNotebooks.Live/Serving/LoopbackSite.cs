namespace GanNotebooks.Live;

/// <summary>
/// What a <see cref="LoopbackServer"/> serves. Paths are relative to the secret folder of the address, such as <c>lab.css</c> or
/// <c>katex/katex.min.js</c>. Only paths of letters, digits and <c>. _ - /</c> arrive here, without a part that is empty or begins with a
/// dot.
/// </summary>
public sealed record LoopbackSite
{
    /// <summary>The file at a path; null for none. The path <c>index.html</c> is the page itself.</summary>
    public required Func<string, LoopbackFile?> File { get; init; }

    /// <summary>
    /// Serves one open page, until it returns. The token is cancelled when the page has gone or the server stops. Null: no socket.
    /// </summary>
    public Func<ILiveChannel, CancellationToken, Task>? Socket { get; init; }

    /// <summary>
    /// Takes what the page posts, by path: the body, which is JSON of at most 256 KiB, in; the answer out. Nothing else can be posted.
    /// </summary>
    public IReadOnlyDictionary<string, Func<string, CancellationToken, Task<LoopbackFile>>> Posts { get; init; } =
        new Dictionary<string, Func<string, CancellationToken, Task<LoopbackFile>>>();

    /// <summary>Hears of an exception that <see cref="Socket"/>, <see cref="File"/> or one of <see cref="Posts"/> has thrown.</summary>
    public Action<Exception>? Failed { get; init; }

    /// <summary>The same site with the files of another source below a folder.</summary>
    /// <param name="folder">The folder's path, such as <c>deck</c>.</param>
    /// <param name="files">The file at a path below that folder.</param>
    public LoopbackSite With(string folder, Func<string, LoopbackFile?> files)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(files);
        string prefix = folder + "/";
        var others = File;
        return this with { File = path => path.StartsWith(prefix, StringComparison.Ordinal) ? files(path[prefix.Length..]) : others(path) };
    }
}
