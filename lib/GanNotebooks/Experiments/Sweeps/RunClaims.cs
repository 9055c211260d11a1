using System.Globalization;
using System.Text.Json;
using GanNotebooks.Runtime;

namespace GanNotebooks.Experiments;

/// <summary>
/// Which process computes which run. A claim is a file that exactly one process can create; its holder touches it at intervals. A claim
/// whose holder has ended is stale: the next one claims the run with a file of a higher number, which again exactly one process can
/// create. So no claim is ever taken away by deleting it, and a slow process cannot delete that of another.
/// </summary>
/// <param name="folder">Folder of the claims.</param>
/// <param name="me">Who claims.</param>
/// <param name="time">The clock.</param>
internal sealed class RunClaims(string folder, ClaimOwner me, TimeProvider time)
{
    /// <summary>Interval between two heartbeats.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Age of the last heartbeat from which a claim of another machine is stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(3);

    private const string Ending = ".claim";

    /// <summary>Claims a run.</summary>
    /// <returns>The claim, to be disposed; null if somebody else computes the run.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public RunClaim? TryTake(int run)
    {
        Directory.CreateDirectory(folder);
        int highest = Highest(run);
        if (highest > 0 && Read(FileOf(run, highest)) is { } held && !held.IsStale)
            return null;
        string file = FileOf(run, highest + 1);
        // The first heartbeat comes with the file: to a machine with another clock, an untouched file would look stale for a moment.
        if (!NewFile.TryWriteText(file, JsonSerializer.Serialize(me), survives: false, time.GetUtcNow()))
            return null;
        var claim = new RunClaim(this, run, highest + 1);
        if (!claim.IsHeld) // a claim that had come and gone meanwhile: its successor is there
        {
            claim.Dispose();
            return null;
        }
        for (int old = highest; old > 0; old--)
            File.Delete(FileOf(run, old));
        claim.Start(time);
        return claim;
    }

    /// <summary>All claims by run.</summary>
    public IReadOnlyDictionary<int, ClaimState> All()
    {
        var newest = new Dictionary<int, int>();
        foreach (var (run, number) in Files("*"))
            newest[run] = Math.Max(number, newest.GetValueOrDefault(run));
        var result = new Dictionary<int, ClaimState>();
        foreach (var (run, number) in newest)
        {
            if (Read(FileOf(run, number)) is { } state)
                result[run] = state;
        }
        return result;
    }

    /// <summary>Removes the stale claims of finished runs, whose processes were killed between their results and their ends.</summary>
    /// <param name="isFinished">Whether a run has its result.</param>
    public void Tidy(Func<int, bool> isFinished)
    {
        var stale = All().Where(claim => claim.Value.IsStale && isFinished(claim.Key)).Select(claim => claim.Key).ToHashSet();
        foreach (var (run, number) in Files("*").Where(file => stale.Contains(file.Run)).ToList())
            File.Delete(FileOf(run, number));
    }

    internal string FileOf(int run, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{run:D3}.{number}{Ending}"));

    internal int Highest(int run) =>
        Files(run.ToString("D3", CultureInfo.InvariantCulture)).Select(file => file.Number).DefaultIfEmpty(0).Max();

    internal void Touch(string file) => File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);

    private IEnumerable<(int Run, int Number)> Files(string run)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (string file in Directory.EnumerateFiles(folder, $"{run}.*{Ending}"))
        {
            if (Path.GetFileName(file).Split('.') is [var first, var second, _]
                && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                yield return (index, number);
            }
        }
    }

    // null if it has just gone.
    private ClaimState? Read(string file)
    {
        try
        {
            var age = time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file);
            var owner = JsonSerializer.Deserialize<ClaimOwner>(RegularFile.ReadText(file)) ?? ClaimOwner.Nobody;
            return new ClaimState(owner, age, IsStale(owner, age));
        }
        catch (JsonException)
        {
            return new ClaimState(ClaimOwner.Nobody, TimeSpan.MaxValue, IsStale: true); // no process writes such a claim
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private bool IsStale(ClaimOwner owner, TimeSpan age) =>
        owner.Job is not null && owner.Job == me.Job && owner != me ? true // the scheduler has started the job anew
        : owner.Host == me.Host && ClaimOwner.IsAlive(owner.Process, owner.Start) is { } alive ? !alive
        : age > StaleAfter;
}

/// <summary>A claim as others see it.</summary>
/// <param name="Owner">Who has made it.</param>
/// <param name="Age">Time since its last heartbeat.</param>
/// <param name="IsStale">Whether its owner has ended, so that the run is free.</param>
internal sealed record ClaimState(ClaimOwner Owner, TimeSpan Age, bool IsStale);

/// <summary>A run that this process has claimed. Disposing it frees the run.</summary>
internal sealed class RunClaim : IDisposable
{
    private readonly RunClaims claims;
    private readonly int run, number;
    private ITimer? heart;

    internal RunClaim(RunClaims claims, int run, int number) => (this.claims, this.run, this.number) = (claims, run, number);

    /// <summary>Whether the claim still holds. It does not when this process slept so long that another one took the run.</summary>
    public bool IsHeld => claims.Highest(run) == number;

    /// <inheritdoc/>
    public void Dispose()
    {
        heart?.Dispose();
        File.Delete(claims.FileOf(run, number));
    }

    internal void Start(TimeProvider time) => heart = time.CreateTimer(_ => TryBeat(), null, RunClaims.Beat, RunClaims.Beat);

    private void TryBeat()
    {
        try
        {
            if (File.Exists(claims.FileOf(run, number))) // touching creates no file
                claims.Touch(claims.FileOf(run, number));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk is away for a moment, or the claim has gone. IsHeld says which.
        }
    }
}
