using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>
/// A run that can be changed in its middle and scrubbed back: a start, changes at steps, and copies of earlier states in memory. Every
/// state
/// of it is determined by start and changes, so that a step is reached again bit for bit.
/// </summary>
internal sealed class LiveRun : IDisposable
{
    private const int MostSnapshots = 120, FirstSpacing = 250;
    private const long MostBytes = 300L << 20;

    private readonly SortedList<int, Keyframe> keyframes = [];
    private readonly List<LiveMark> marks = [];
    private readonly IReadOnlyList<LiveTarget> others;
    private int spacing = FirstSpacing, applied; // the changes up to this one are made

    /// <summary>Begins a run.</summary>
    /// <param name="start">Settings at the start.</param>
    /// <param name="others">Data besides the page's own.</param>
    public LiveRun(LiveSetup start, IReadOnlyList<LiveTarget>? others = null)
    {
        (Start, Setup, this.others) = (start, start, others ?? []);
        Trainer = start.Create();
        Remember();
    }

    /// <summary>Takes over the trainer of a reader's cell, at its present step.</summary>
    public LiveRun(Trainer trainer, LiveSetup description)
    {
        (Start, Setup, others, IsForeign, Trainer) = (description, description, [], true, trainer);
        Furthest = trainer.Step;
        Remember();
    }

    /// <summary>Settings at the start.</summary>
    public LiveSetup Start { get; private set; }

    /// <summary>Settings now.</summary>
    public LiveSetup Setup { get; private set; }

    /// <summary>The trainer at the present step. A change may replace it.</summary>
    public Trainer Trainer { get; private set; }

    /// <summary>Whether the trainer is that of a notebook's cell: nothing but its settings may change.</summary>
    public bool IsForeign { get; }

    /// <summary>Number of generator updates now.</summary>
    public int Step => Trainer.Step;

    /// <summary>Furthest step that was reached with these changes.</summary>
    public int Furthest { get; private set; }

    /// <summary>All changes, also those after the present step.</summary>
    public IReadOnlyList<LiveMark> Marks => marks;

    /// <summary>Whether the last step is reached.</summary>
    public bool HasEnded => Step >= Setup.Config.Steps;

    /// <summary>The whole run up to the present step.</summary>
    public LiveState State => LiveState.Of(Start, [.. marks.Take(applied)], Step);

    /// <summary>Trains towards a step, at most to the next change or the next copy of a state.</summary>
    /// <param name="until">The step to stop at.</param>
    public void Advance(int until)
    {
        int stop = Math.Min(until, Setup.Config.Steps);
        if (applied < marks.Count)
            stop = Math.Min(stop, marks[applied].Step);
        stop = Math.Min(stop, (Step / spacing + 1) * spacing);
        if (stop <= Step)
            return;
        Trainer.Run(until: stop, title: "lab");
        bool changes = ApplyDue();
        Furthest = Math.Max(Furthest, Step);
        if (changes || Step % spacing == 0)
            Remember();
    }

    /// <summary>Makes one update of one player alone. It is a mark of the run, because the usual order would not make it.</summary>
    /// <param name="player">D or G.</param>
    public void Single(string player)
    {
        CutFuture();
        marks.Add(new LiveMark(Step, LiveMark.Update, player));
        ApplyDue();
        Furthest = Step;
        Remember();
    }

    /// <summary>Changes a setting at the present step; what was trained beyond it is forgotten.</summary>
    /// <exception cref="ArgumentException">The name or the value is wrong, or the settings make no sense together. Nothing
    /// changes.</exception>
    public void Set(string name, string value)
    {
        var next = Setup.With(name, value, others);
        if (IsForeign && (name is LiveSetup.TargetName or LiveSetup.SeedName || Setup.NewGenerator(next) || Setup.NewDiscriminator(next)))
            throw new ArgumentException("data, seed and networks are those of the notebook's cell");
        if (Setup.IsAnotherRun(next))
        {
            Restart(next);
            return;
        }

        if (next.All.Equals(Setup.All))
            return;
        CutFuture();
        Apply(next);
        if (Step == 0 && marks.Count == 0 && !IsForeign)
        {
            Start = next;
        }
        else
        {
            marks.Add(new LiveMark(Step, name, value));
            applied++;
        }

        Remember();
    }

    /// <summary>Takes the last change back, and what was trained after it. <see cref="Advance"/> leads to the returned step.</summary>
    /// <exception cref="ArgumentException">There is no change to take back.</exception>
    public int Undo()
    {
        if (applied == 0)
            throw new ArgumentException("there is no change to undo");
        int step = marks[applied - 1].Step;
        if (IsForeign && step <= keyframes.Keys[0])
            throw new ArgumentException("the run of a notebook's cell cannot go back before the step at which the page was opened");
        var kept = marks.Take(applied - 1).ToList();
        Forget(step);
        if (keyframes.Count == 0)
            Restart(Start);
        else
            RewindBefore(step);
        marks.Clear();
        marks.AddRange(kept);
        ApplyDue();
        Remember();
        Furthest = step;
        return step;
    }

    /// <summary>Goes back to step 0 with the same seed, and so with the same initial weights, and with the present settings.</summary>
    public void Reset()
    {
        if (IsForeign)
            throw new ArgumentException("the run of a notebook's cell begins anew when the cell is run again");
        Restart(Setup);
    }

    /// <summary>
    /// Goes to the nearest copy at or before a step. <see cref="Advance"/> trains the rest, which ends bit for bit where the run was.
    /// </summary>
    public void RewindBefore(int step)
    {
        var (_, frame) = keyframes.Last(k => k.Key <= Math.Max(step, keyframes.Keys[0]));
        if (!frame.Setup.All.Equals(Setup.All))
        {
            if (IsForeign)
            {
                Trainer = Trainer.Continue(frame.Setup.Config);
            }
            else
            {
                var trainer = frame.Setup.Create();
                Release();
                Trainer = trainer;
            }
        }

        (Setup, applied) = (frame.Setup, frame.Applied);
        frame.Snapshot.Restore(Trainer);
    }

    /// <summary>A new run that stands where this one stands.</summary>
    public LiveRun Fork()
    {
        if (IsForeign)
            throw new ArgumentException("the trainer of a notebook's cell cannot be copied; the page's own runs can");
        var copy = new LiveRun(Start, others) { spacing = spacing };
        copy.marks.AddRange(marks.Take(applied));
        foreach (var (step, frame) in keyframes.Where(k => k.Key <= Step))
        {
            if (step > 0)
                copy.keyframes[step] = frame.Shared();
        }

        // The present state itself, which no copy need have.
        using var now = TrainerSnapshot.Of(Trainer);
        var trainer = Setup.Create();
        copy.Release();
        (copy.Trainer, copy.Setup, copy.Furthest, copy.applied) = (trainer, Setup, Step, applied);
        now.Restore(trainer);
        copy.Remember();
        return copy;
    }

    /// <summary>A run that will be at the step of a state when it is advanced there.</summary>
    /// <exception cref="ArgumentException">A name or a value in the state is wrong.</exception>
    public static LiveRun Of(LiveState state, IReadOnlyList<LiveTarget>? others = null)
    {
        var start = state.Start(others);
        // All changes are tried before anything is trained.
        var setup = start;
        foreach (var mark in state.Marks)
        {
            if (mark.IsUpdate)
            {
                mark.RequirePlayer();
                continue;
            }

            var next = setup.With(mark.Name, mark.Value, others);
            if (setup.IsAnotherRun(next))
                throw new ArgumentException($"{mark.Name} begins another run and is no change of this one");
            setup = next;
        }

        if (state.Step > setup.Config.Steps)
            throw new ArgumentException($"step {state.Step} lies behind the end of the run, {setup.Config.Steps}");
        var run = new LiveRun(start, others);
        run.marks.AddRange(state.Marks);
        run.ApplyDue();
        run.Remember();
        return run;
    }

    /// <summary>Frees networks and copies.</summary>
    public void Dispose()
    {
        Forget(0);
        if (!IsForeign)
            Release();
    }

    private void Restart(LiveSetup start)
    {
        var trainer = start.Create();
        Forget(0);
        Release();
        marks.Clear();
        (Start, Setup, Trainer, Furthest, spacing, applied) = (start, start, trainer, 0, FirstSpacing, 0);
        Remember();
    }

    // Makes the changes of the present step; an update of G alone leads to the next one.
    private bool ApplyDue()
    {
        int before = applied;
        while (applied < marks.Count && marks[applied].Step == Step)
        {
            var mark = marks[applied++];
            if (!mark.IsUpdate)
                Apply(Setup.With(mark.Name, mark.Value, others));
            else if (mark.Value == LiveMark.Discriminator)
                Trainer.DiscriminatorStep();
            else
                Trainer.GeneratorStep();
        }
        return applied > before;
    }

    private void Apply(LiveSetup next)
    {
        var (generator, discriminator, data) = (Trainer.Generator, Trainer.Discriminator, Trainer.Data);
        Trainer = IsForeign ? Trainer.Continue(next.Config) : Setup.Continue(Trainer, next);
        if (Trainer.Generator != generator)
            generator.Dispose();
        if (Trainer.Discriminator != discriminator)
            discriminator.Dispose();
        if (Trainer.Data != data)
            data.Dispose();
        Setup = next;
    }

    // The trainer does not own networks and data.
    private void Release()
    {
        var trainer = Trainer;
        trainer.Dispose();
        trainer.Generator.Dispose();
        trainer.Discriminator.Dispose();
        trainer.Data.Dispose();
    }

    private void CutFuture()
    {
        marks.RemoveRange(applied, marks.Count - applied);
        Forget(Step + 1);
        Furthest = Step;
    }

    private void Forget(int from)
    {
        foreach (int step in keyframes.Keys.Where(s => s >= from).ToList())
        {
            keyframes[step].Dispose();
            keyframes.Remove(step);
        }
    }

    private void Remember()
    {
        if (keyframes.Remove(Step, out var old))
            old.Dispose();
        keyframes[Step] = new Keyframe(TrainerSnapshot.Of(Trainer), Setup, applied);
        long each = Math.Max(1, keyframes[Step].Snapshot.Bytes);
        if (keyframes.Count <= Math.Min(MostSnapshots, Math.Max(4, MostBytes / each)))
            return;
        spacing *= 2;
        foreach (int step in keyframes.Keys.Skip(1).Where(s => s % spacing != 0 && s != Step).ToList())
        {
            keyframes[step].Dispose();
            keyframes.Remove(step);
        }
    }

    /// <summary>A state of the run. Two runs may share it.</summary>
    private sealed class Keyframe(TrainerSnapshot snapshot, LiveSetup setup, int applied) : IDisposable
    {
        private int owners = 1;

        public TrainerSnapshot Snapshot => snapshot;

        public LiveSetup Setup => setup;

        public int Applied => applied;

        public Keyframe Shared()
        {
            owners++;
            return this;
        }

        public void Dispose()
        {
            if (--owners == 0)
                snapshot.Dispose();
        }
    }
}
