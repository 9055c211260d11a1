using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Present;

/// <summary>A cell that a page has run, as it is now.</summary>
/// <param name="Version">Version of the whole at which this came.</param>
/// <param name="Source">What has run.</param>
/// <param name="Result">What it has shown.</param>
internal sealed record ShownCell(int Version, string Source, CellResult Result);

/// <summary>
/// The cells of a notebook that is presented. A cell runs after all code cells before it have run, as a reader would run them; they run
/// when somebody asks for it, and in the background up to the slide that is shown. All members may be called from any thread.
/// </summary>
internal sealed class LiveCells : IAsyncDisposable
{
    /// <summary>Letters of one cell.</summary>
    public const int LongestSource = 100_000;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim work = new(0);
    private readonly List<NotebookCell> cells;
    private readonly Dictionary<int, ShownCell> shown = [];
    private readonly Queue<(int Place, string Source)> asked = new();
    private readonly Func<Action<ChildEvent.Progress>, LiveKernel> start;
    private readonly Task worker;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveKernel? kernel;
    private LiveStatus status;
    private int wanted;
    private bool ends;

    // A cell that fails in the background is not tried again and again.
    private bool isBroken;

    /// <param name="notebook">The notebook.</param>
    /// <param name="start">Starts a kernel for it.</param>
    public LiveCells(Notebook notebook, Func<Action<ChildEvent.Progress>, LiveKernel> start)
    {
        this.start = start;
        cells = [.. notebook.CodeCells];
        status = new LiveStatus(1, LivePhase.Idle, null, 0, cells.Count, null, null);
        worker = Task.Run(WorkAsync);
    }

    /// <summary>All code cells, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells => cells;

    /// <summary>What happens now.</summary>
    public LiveStatus Status
    {
        get
        {
            lock (gate)
                return status;
        }
    }

    /// <summary>Runs cells one after the other, each after the cells that stand before it.</summary>
    /// <param name="run">Index of each cell in the file, and what runs in its place.</param>
    /// <exception cref="ArgumentException">There is no such code cell, the text is too long, or others are still running.</exception>
    public void Run(IReadOnlyList<(int Cell, string Source)> run)
    {
        var jobs = run.Select(one => (Place: PlaceOf(one.Cell), one.Source)).ToList();
        if (jobs.Exists(job => job.Source.Length > LongestSource))
            throw new ArgumentException($"a cell may have {LongestSource} letters");
        lock (gate)
        {
            if (asked.Count > 0 || status.Phase is LivePhase.Running)
                throw new ArgumentException("a cell is still running; stop it, or wait for it");
            isBroken = false;
            jobs.ForEach(asked.Enqueue);
        }

        Change(now => now with { Failure = null });
        work.Release();
    }

    /// <summary>Runs, in the background, the cells before one: its slide is shown, and it may be run next.</summary>
    /// <param name="cell">Its index in the file.</param>
    /// <exception cref="ArgumentException">There is no such code cell.</exception>
    public void Prepare(int cell)
    {
        int place = PlaceOf(cell);
        lock (gate)
            wanted = place; // what an earlier slide needed is not begun any more
        work.Release();
    }

    /// <summary>Ends the kernel, and with it what runs. The next cell begins with a new one.</summary>
    public async Task StopAsync()
    {
        LiveKernel? old;
        lock (gate)
        {
            old = kernel;
            asked.Clear();
            wanted = 0;
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
        Change(now => kernel is { IsAlive: true } ? now : now with { Prepared = 0 });
    }

    /// <summary>Waits until something has changed since a version, or for a time.</summary>
    public async Task WaitAsync(int version, TimeSpan most, CancellationToken cancel)
    {
        Task change;
        lock (gate)
        {
            if (status.Version > version)
                return;
            change = changed.Task;
        }

        await Task.WhenAny(change, Task.Delay(most, cancel)).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>What happens now, and the cells that were run since a version, by their index in the file.</summary>
    public (LiveStatus Status, IReadOnlyDictionary<int, ShownCell> Shown) Since(int version)
    {
        lock (gate)
            return (status, shown.Where(pair => pair.Value.Version > version).ToDictionary());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
            ends = true;
        await StopAsync().ConfigureAwait(false);
        work.Release();
        await worker.ConfigureAwait(false);
        work.Dispose();
    }

    private int PlaceOf(int index) => cells.FindIndex(cell => cell.Index == index) is >= 0 and var place
        ? place
        : throw new ArgumentException($"there is no code cell {index}");

    private async Task WorkAsync()
    {
        while (true)
        {
            await work.WaitAsync().ConfigureAwait(false);
            while (Next() is var (place, source, isAsked))
                await RunAsync(place, source, isAsked).ConfigureAwait(false);
            lock (gate)
            {
                if (ends)
                    return;
            }
        }
    }

    // What was asked for, after what comes before it; then what the shown slide may need.
    private (int Place, string Source, bool IsAsked)? Next()
    {
        lock (gate)
        {
            if (ends)
                return null;
            int prepared = kernel is { IsAlive: true } ? status.Prepared : 0;
            if (asked.TryPeek(out var job))
                return job.Place > prepared ? (prepared, cells[prepared].Source, false) : (job.Place, asked.Dequeue().Source, true);
            return prepared < wanted && !isBroken ? (prepared, cells[prepared].Source, false) : null;
        }
    }

    private async Task RunAsync(int place, string source, bool isAsked)
    {
        LiveKernel now;
        LiveKernel? old = null;
        lock (gate)
        {
            if (kernel is not { IsAlive: true })
                (old, kernel, status) = (kernel, start(Tell), status with { Prepared = 0 });
            now = kernel;
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
        var phase = isAsked ? LivePhase.Running : LivePhase.Preparing;
        Change(was => was with { Phase = phase, Cell = cells[place].Number, Progress = null, Failure = null });
        var result = await now.RunAsync(cells[place], source).ConfigureAwait(false);
        lock (gate)
        {
            if (result.Failure is not null)
            {
                asked.Clear();
                isBroken = !now.IsStopped;
            }

            if (isAsked)
                shown[cells[place].Index] = new ShownCell(status.Version + 1, source, result);
        }

        Change(was => was with
        {
            Phase = LivePhase.Idle,
            Cell = null,
            Progress = null,
            Prepared = result.Failure is null && place == was.Prepared && now.IsAlive ? place + 1 : was.Prepared,
            Failure = result.Failure is { } why ? $"cell [{cells[place].Number}]: {why}" : null,
        });
    }

    private void Tell(ChildEvent.Progress progress) => Change(was => was with { Progress = progress });

    private void Change(Func<LiveStatus, LiveStatus> change)
    {
        TaskCompletionSource done;
        lock (gate)
        {
            status = change(status) with { Version = status.Version + 1 };
            (done, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        done.TrySetResult();
    }
}
