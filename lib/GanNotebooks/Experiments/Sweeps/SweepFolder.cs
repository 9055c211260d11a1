using System.Collections.Concurrent;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Experiments;

/// <summary>
/// A sweep as a folder: <c>sweep.json</c> (the plan), <c>manifest.json</c> (the frozen runs), <c>runs/000</c>, <c>runs/001</c>, …
/// (a run each, with its <c>result.json</c>) and <c>claims/</c> (who is computing what). Several processes, also on several machines
/// that share the file system, can work in it at the same time.
/// </summary>
public sealed class SweepFolder
{
    private const int Named = 5;

    // Results do not change, and a rung is read again after each run.
    private readonly ConcurrentDictionary<string, RunResult> results = new();

    private SweepFolder(string path, SweepManifest manifest) => (Path, Manifest) = (path, manifest);

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The runs.</summary>
    public SweepManifest Manifest { get; }

    /// <summary>Whether this library made the manifest. Runs of two libraries may not be comparable.</summary>
    public bool IsOfThisLibrary => Manifest.Library == LibraryVersion.Here;

    /// <summary>Creates the folder of a sweep. If it holds the same sweep already, that one is opened.</summary>
    /// <param name="path">Path of the folder.</param>
    /// <param name="plan">What to train.</param>
    /// <exception cref="ArgumentException">The plan is wrong. The message names the part.</exception>
    /// <exception cref="SweepException">The folder holds another sweep, one of data that have changed since, or something
    /// else.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static SweepFolder Create(string path, SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        path = System.IO.Path.GetFullPath(path);
        string file = System.IO.Path.Combine(path, SweepManifest.FileName);
        if (!File.Exists(file))
        {
            var manifest = SweepManifest.Of(plan);
            RequireNothingForeign(path);
            Directory.CreateDirectory(path);
            if (NewFile.TryWriteText(file, manifest.Text()))
            {
                plan.Write(System.IO.Path.Combine(path, SweepPlan.FileName));
                return new SweepFolder(path, manifest);
            }
        }
        var folder = Open(path);
        if (folder.Manifest.Plan.ToString() != plan.ToString())
        {
            throw new SweepException($"{path} holds a sweep of another plan, which differs in "
                + $"{SweepPlanText.Differing(folder.Manifest.Plan, plan)}. Name another folder, or continue that one with `sweep run`.");
        }
        if (folder.Manifest.OwnData.Count > 0)
        {
            foreach (var (data, found) in SweepManifest.Of(plan).OwnData)
                folder.Manifest.RequireSameData(path, data, found);
        }
        return folder;
    }

    /// <summary>Opens the folder of a sweep.</summary>
    /// <exception cref="SweepException">The folder holds no sweep, or its plan was changed after the runs were frozen.</exception>
    /// <exception cref="DataFileException">The manifest was changed by hand, or it is damaged.</exception>
    public static SweepFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        string file = System.IO.Path.Combine(path, SweepManifest.FileName), plan = System.IO.Path.Combine(path, SweepPlan.FileName);
        if (!File.Exists(file))
            throw new SweepException($"{path} holds no sweep: it has no {SweepManifest.FileName}. `sweep create` makes one.");
        var manifest = SweepManifest.Read(file);
        if (File.Exists(plan) && SweepPlan.Read(plan).ToString() != manifest.Plan.ToString())
        {
            throw new SweepException($"{plan} was changed after the runs were frozen. Restore or delete it, or create a sweep of the new "
                + "plan in a new folder.");
        }
        return new SweepFolder(path, manifest);
    }

    /// <summary>Path of the folder of a run.</summary>
    public string PathOf(SweepRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return System.IO.Path.Combine(Path, "runs", run.Name);
    }

    /// <summary>The result of a run; null if the run is not finished.</summary>
    /// <exception cref="DataFileException">The file is no result of this run.</exception>
    public RunResult? ResultOf(SweepRun run) => Result(run, RunResult.FileName);

    /// <summary>The result of a run at a rung of successive halving; null if the run has not reached it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rung">Number of the rung, from 0.</param>
    /// <exception cref="DataFileException">The file is no result of this run.</exception>
    public RunResult? ResultAt(SweepRun run, int rung) => Result(run, RungFile(rung));

    /// <summary>Whether successive halving has left the setting of a run out before a rung.</summary>
    /// <param name="index">Number of the run.</param>
    /// <param name="rung">Number of the rung, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such run or rung.</exception>
    /// <exception cref="SweepException">The rung before has runs without results, so that nobody knows yet.</exception>
    public bool IsLeftOut(int index, int rung)
    {
        var run = RunAt(index);
        int rungs = Manifest.Plan.Halving?.Rungs ?? 1;
        if (rung < 0 || rung >= rungs)
            throw new ArgumentOutOfRangeException(nameof(rung), $"the sweep has the rungs 1 to {rungs}, not {rung + 1}");
        var state = SweepRung.Of(this, rung);
        return !state.Settings.Contains(run.Setting) || (state.Number < rung
            ? throw new SweepException($"run {index} cannot go to rung {rung + 1}: runs of rung {state.Number + 1} have no results yet.")
            : false);
    }

    internal SweepRun RunAt(int index) => index >= 0 && index < Manifest.Runs.Count
        ? Manifest.Runs[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"the sweep has the runs 0 to {Manifest.Runs.Count - 1}, not {index}");

    internal string RungFile(int rung) =>
        Manifest.Plan.Halving is not { } halving || rung >= halving.Rungs - 1
            ? RunResult.FileName
            : FormattableString.Invariant($"rung-{rung + 1}.json");

    internal RunClaims Claims(ClaimOwner owner, TimeProvider time) => new(System.IO.Path.Combine(Path, "claims"), owner, time);

    /// <summary>Refuses to go on with a sweep of another library.</summary>
    /// <exception cref="SweepException">Another library made the manifest.</exception>
    public void RequireThisLibrary()
    {
        if (IsOfThisLibrary)
            return;
        var (there, here) = (Manifest.Library, LibraryVersion.Here);
        string difference = there.Version == here.Version ? $"another build of {here.Version}"
            : $"{there.Version}, and this is {here.Version}";
        throw new SweepException($"{Path} was made with {difference}: its runs would not be comparable. Create a new sweep, or add "
            + "--any-library to go on all the same; each result names its library.");
    }

    private RunResult? Result(SweepRun run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        string file = System.IO.Path.Combine(PathOf(run), name);
        if (results.TryGetValue(file, out var known))
            return known;
        if (!File.Exists(file))
            return null;
        var result = RunResult.Read(file);
        if (result.Digest != run.Digest || result.Run != run.Index)
        {
            throw new DataFileException(file, "the result of this run",
                "that of another one; delete the file, and the run is measured again");
        }
        return results[file] = result;
    }

    // A killed `create` leaves temporary files only.
    private static void RequireNothingForeign(string path)
    {
        if (!Directory.Exists(path))
            return;
        string[] foreign = [.. Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry))
            .Where(name => !AtomicFile.IsTemporary(name, SweepManifest.FileName) && !AtomicFile.IsTemporary(name, SweepPlan.FileName))
            .Order(StringComparer.Ordinal)];
        if (foreign.Length > 0)
        {
            throw new SweepException($"{path} holds no sweep but {string.Join(", ", foreign.Take(Named))}"
                + $"{(foreign.Length > Named ? $" and {foreign.Length - Named} more" : "")}. Nothing was written. "
                + "Name a new or an empty folder.");
        }
    }
}

/// <summary>The exception of a sweep that cannot be made or continued. Its message says what to do.</summary>
/// <param name="message">One line.</param>
public sealed class SweepException(string message) : IOException(message);
