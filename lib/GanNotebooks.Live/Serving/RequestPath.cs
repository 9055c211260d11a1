using System.Security.Cryptography;
using System.Text;

namespace GanNotebooks.Live;

/// <summary>
/// Who may ask, and for what. A request must know the secret folder, and must have been made for this address: a page of another site
/// that a browser has open can send requests here too (also under a name of its own, by DNS rebinding), but cannot know the one and
/// cannot choose the other.
/// </summary>
/// <param name="token">The name of the secret folder.</param>
/// <param name="port">The port of the server.</param>
internal sealed class RequestPath(string token, int port)
{
    private const int LongestTarget = 1024;

    private readonly byte[] secret = Encoding.ASCII.GetBytes(token);
    private readonly string[] hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];
    private string? ticket;

    /// <summary>A secret of 128 random bits, as the name of a folder.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether the header <c>Host</c> names this server.</summary>
    public bool IsOwnHost(string host) => Array.IndexOf(hosts, host) >= 0;

    /// <summary>Whether the header <c>Origin</c> is there and names this server.</summary>
    public bool IsOwnOrigin(string? origin) =>
        origin?.StartsWith("http://", StringComparison.Ordinal) == true && IsOwnHost(origin["http://".Length..]);

    /// <summary>The path below the secret folder, without the query.</summary>
    /// <param name="target">The target as it stands in the request line.</param>
    /// <returns>Null for every other target. An empty text for the folder itself.</returns>
    public string? Below(string target)
    {
        if (target.Length > LongestTarget || !target.StartsWith('/'))
            return null;
        string path = target[1..].Split('?', 2)[0];
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[..slash]), secret))
            return null;
        string below = path[(slash + 1)..];
        return below == "" || IsPlain(below) ? below : null;
    }

    /// <summary>A path that leads to the page once. An earlier one that nobody used is void.</summary>
    public string Issue() => ticket = $"/{NewToken()}";

    /// <summary>The page's path, for a target that is the ticket; null for every other target. The ticket is then used up.</summary>
    public string? Redeem(string target)
    {
        string? valid = Volatile.Read(ref ticket);
        return valid is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(valid))
            && Interlocked.CompareExchange(ref ticket, null, valid) == valid ? $"/{token}/" : null;
    }

    /// <summary>
    /// Whether a path consists of plain names: letters, digits and <c>. _ -</c>, of which none begins with a dot. So nothing is encoded,
    /// and nothing leads upwards.
    /// </summary>
    public static bool IsPlain(string path) => path.Split('/').All(part => part is not ("" or ['.', ..])
        && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'));
}
