using GanNotebooks.Metrics;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Experiments;

/// <summary>
/// Trains runs of a sweep in this process, one after the other, on the CPU with one thread. A finished run is never trained again, an
/// interrupted one continues from its last checkpoint, and one that another process computes is left to it.
/// </summary>
/// <param name="folder">The sweep.</param>
public sealed class SweepWorker(SweepFolder folder)
{
    private const int UsualEvery = 500;

    /// <summary>Number of steps between two checkpoints of a run.</summary>
    public int CheckpointEvery { get; init; } = UsualEvery;

    /// <summary>Whether the checkpoints of a finished run are removed. Its settings, its history and its result stay.</summary>
    public bool RemovesCheckpoints { get; init; }

    /// <summary>Receives a line for each run that ends, and warnings.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Stops the training after the current step, with a checkpoint.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>The clock of the claims.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Receives the trainer at the start of a session and after each step.</summary>
    internal Action<Trainer> Observe { get; init; } = _ => { };

    /// <summary>Who claims.</summary>
    internal ClaimOwner Owner { get; init; } = ClaimOwner.Here();

    /// <summary>Function that measures a finished run; a test may count its calls.</summary>
    internal Func<TrainingRecipe, Trainer, SortedDictionary<string, double>> Measure { get; init; } = RunMeasures.Of;

    /// <summary>Trains the runs that nobody else computes, in the order of the manifest.</summary>
    /// <returns>Whether the sweep is finished. If not, other processes are still computing the rest.</returns>
    /// <exception cref="OperationCanceledException">The reader asked to stop. Another call continues.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public bool RunAll()
    {
        while (true)
        {
            var rung = SweepRung.Of(folder);
            var waiting = rung.Runs.Where(run => folder.ResultAt(run, rung.Number) is null).ToList();
            if (waiting.Count == 0)
            {
                folder.Claims(Owner, Time).Tidy(run => run < folder.Manifest.Runs.Count
                    && folder.ResultAt(folder.Manifest.Runs[run], rung.Number) is not null);
                return true;
            }
            bool trained = false;
            foreach (var run in waiting)
                trained |= RunOne(run, rung.Number) is not RunEnd.Elsewhere;
            if (trained)
                continue;
            if (folder.Manifest.Plan.Halving is null)
                return false;
            Wait(); // for the others' part of the rung
        }
    }

    /// <summary>Trains one run to its end, or to a rung of successive halving.</summary>
    /// <param name="index">Number of the run.</param>
    /// <param name="rung">Number of the rung, from 0; null for the end.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such run.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop. A checkpoint is written, and another call
    /// continues.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public RunEnd RunOne(int index, int? rung = null)
    {
        var run = folder.RunAt(index);
        int last = (folder.Manifest.Plan.Halving?.Rungs ?? 1) - 1;
        for (int r = rung ?? 0; r < (rung ?? last); r++)
        {
            if (RunOne(run, r) is not RunEnd.Finished and var end)
                return end;
        }
        return RunOne(run, rung ?? last);
    }

    private RunEnd RunOne(SweepRun run, int rung)
    {
        if (folder.ResultAt(run, rung) is { } known)
            return EndOf(known);
        Cancel.ThrowIfCancellationRequested();
        using var claim = folder.Claims(Owner, Time).TryTake(run.Index);
        if (claim is null)
            return RunEnd.Elsewhere;
        try
        {
            return EndOf(folder.ResultAt(run, rung) ?? Train(run, rung, claim));
        }
        catch (RunInUseException) // its last holder is still writing
        {
            return RunEnd.Elsewhere;
        }
    }

    private RunResult Train(SweepRun run, int rung, RunClaim claim)
    {
        var recipe = folder.Manifest.Recipe(run);
        if (SweepManifest.DigestOf(recipe) != run.Digest && folder.IsOfThisLibrary)
            throw new SweepException($"run {run.Index} of {folder.Path} has other settings than its digest says; create the sweep anew.");
        string path = folder.PathOf(run), title = $"run {run.Index} of {folder.Manifest.Runs.Count}: "
            + $"{folder.Manifest.Settings[run.Setting].Name}, seed {run.Seed}";
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var scope = NewDisposeScope();
            using var directory = new RunDirectory(path) { CheckpointEvery = CheckpointEvery, TensorBoard = false, Warn = Log };
            using var trainer = recipe.Create(CPU);
            folder.Manifest.RequireSameData(folder.Path, recipe.Data, trainer.Data.Name);
            directory.Take();
            RecordedRecipe.Write(path, recipe);
            var result = Train(run, recipe, directory, trainer, rung, claim, title);
            if (!claim.IsHeld)
                throw new SweepException($"{path}: another process has taken this run over, because this one did not report for long.");
            RunOutcome.Of(trainer, new SortedDictionary<string, double>(result.Measures.ToDictionary()), result.Failure ?? "").Write(path);
            result.Write(System.IO.Path.Combine(path, folder.RungFile(rung)));
            Log($"{title}: {(result.Failure is { } failure ? failure : Words(result))}");
            if (RemovesCheckpoints && (result.Failure is not null || result.Steps == trainer.Config.Steps))
                directory.RemoveCheckpoints();
            return result;
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private RunResult Train(SweepRun run, TrainingRecipe recipe, RunDirectory directory, Trainer trainer, int rung, RunClaim claim,
        string title)
    {
        int until = folder.Manifest.Plan.Halving?.Step(rung, trainer.Config.Steps) ?? trainer.Config.Steps;
        var host = NotebookHost.Cancellation;
        SortedDictionary<string, double> measures = [];
        string? failure = null;
        try
        {
            directory.Train(trainer, AfterStep, every: 1, title, until);
            measures = Measure(recipe, trainer);
        }
        catch (Exception error) when (error is NonFiniteLossException || NonFiniteSamples.IsMeant(error))
        {
            failure = error.Message.Split(" (Parameter")[0];
        }
        return new RunResult(run.Index, folder.Manifest.Settings[run.Setting].Name, run.Seed, run.Digest, trainer.Step, measures)
        {
            Failure = failure, Versions = RunVersions.Here(),
            Cost = new RunCost(Math.Round(RunOutcome.SecondsOf(trainer.History), 3), Environment.MachineName),
        };

        void AfterStep(Trainer now)
        {
            Observe(now);
            if (!Cancel.IsCancellationRequested && !host.IsCancellationRequested)
                return;
            if (claim.IsHeld)
                directory.SaveCheckpoint(now);
            Cancel.ThrowIfCancellationRequested();
            host.ThrowIfCancellationRequested();
        }
    }

    private void Wait()
    {
        Cancel.ThrowIfCancellationRequested();
        NotebookHost.Cancellation.ThrowIfCancellationRequested();
        Cancel.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
    }

    private static string Words(RunResult result) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"step {result.Steps}, {string.Join(", ", result.Measures.Where(m => RunMeasures.Named(m.Key).HigherIsBetter is not null)
            .Select(m => $"{RunMeasures.Named(m.Key).Title} {m.Value:G4}"))}; {result.Cost?.Seconds:F1} s");

    private static RunEnd EndOf(RunResult result) => result.Failure is null ? RunEnd.Finished : RunEnd.Failed;
}

/// <summary>How the training of a run of a sweep ended.</summary>
public enum RunEnd
{
    /// <summary>It has its result.</summary>
    Finished,

    /// <summary>Its losses or its samples were not finite, which its result says.</summary>
    Failed,

    /// <summary>Another process computes it.</summary>
    Elsewhere,
}
