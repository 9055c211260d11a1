using System.Text.Json;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A run as folders and checkpoints see it, whoever trains it: a <see cref="Trainer"/> with two players or a <see cref="ModelTrainer"/>
/// with one.
/// </summary>
internal abstract class KeptRun
{
    /// <summary>The object that trains.</summary>
    public abstract object Trainer { get; }

    /// <summary>Everything that the run depends on, except networks and data, as an object for <see cref="ConfigText"/>.</summary>
    public abstract object Settings { get; }

    /// <summary>Settings with default values: an older checkpoint lacks the settings that came later, and had these.</summary>
    public abstract object Usual { get; }

    public abstract int Step { get; }

    public abstract int Steps { get; }

    public abstract IBatchSource Data { get; }

    public abstract Device Device { get; }

    /// <summary>The networks and what they are called in a description.</summary>
    public abstract IReadOnlyList<(string Name, nn.Module Network)> Networks { get; }

    /// <summary>The records so far; the list grows with the run.</summary>
    public abstract IReadOnlyList<IStepRecord> History { get; }

    public abstract Type RecordType { get; }

    /// <summary>All tensors that a checkpoint must hold, with different names.</summary>
    public abstract IEnumerable<(string Name, Tensor Tensor)> Tensors { get; }

    public static KeptRun Of(Trainer trainer) => new AdversarialRun(trainer);

    public static KeptRun Of(ModelTrainer trainer) => new ModelRun(trainer);

    /// <summary>Makes the networks' parameters views of the flat ones, before <see cref="Tensors"/> are written.</summary>
    public abstract void Adopt();

    /// <summary>The header of a checkpoint at this step, JSON.</summary>
    public abstract string Header();

    /// <summary>Reads a header that a run of this kind has written.</summary>
    /// <exception cref="CheckpointException">The text is no such header.</exception>
    public abstract RunState Read(string header, string path);

    /// <summary>What this run needs and a header does not hold, or the other way round; null if they fit.</summary>
    public virtual string? Lack(RunState state) => null;

    /// <summary>Restores what a header holds, except the position in the data.</summary>
    public abstract void Restore(RunState state);

    /// <summary>Removes the record of the last step if a longer run would not have made it.</summary>
    public abstract void ForgetLastStep();

    /// <summary>A record without the measured time, to compare two runs.</summary>
    public abstract IStepRecord Timeless(IStepRecord record);

    /// <summary>Trains, and calls an action before the first step and after each step.</summary>
    public abstract void Run(Action afterStep, string title, int? until);

    /// <summary>Generates samples of the model as it is now.</summary>
    /// <exception cref="InvalidOperationException">The model of this run cannot.</exception>
    public abstract Tensor Sample(int count);
}

/// <summary>The run of a <see cref="Trainer"/>.</summary>
internal sealed class AdversarialRun(Trainer trainer) : KeptRun
{
    public override object Trainer => trainer;

    public override object Settings => trainer.Config;

    public override object Usual => new TrainingConfig { Steps = trainer.Config.Steps };

    public override int Step => trainer.Step;

    public override int Steps => trainer.Config.Steps;

    public override IBatchSource Data => trainer.Data;

    public override Device Device => trainer.Device;

    public override IReadOnlyList<(string Name, nn.Module Network)> Networks =>
        [("generator", trainer.Generator), ("discriminator", trainer.Discriminator)];

    public override IReadOnlyList<IStepRecord> History => trainer.History;

    public override Type RecordType => typeof(HistoryRecord);

    public override IEnumerable<(string Name, Tensor Tensor)> Tensors
    {
        get
        {
            var players = trainer.Players;
            foreach (var (key, tensor) in trainer.Generator.state_dict())
                yield return ($"generator.{key}", tensor);
            foreach (var (key, tensor) in trainer.Discriminator.state_dict())
                yield return ($"discriminator.{key}", tensor);
            // Layers in bfloat16 hold roundings; the optimiser continues from the exact numbers.
            foreach (var (name, parameters) in new[] { ("generator", players.GeneratorParameters),
                ("discriminator", players.DiscriminatorParameters) }.Where(p => p.Item2.Precision != float32))
            {
                yield return ($"exact.{name}", parameters.Values);
            }

            foreach (var (name, optimizer) in new[] { ("generator", players.GeneratorOptimizer),
                ("discriminator", players.DiscriminatorOptimizer) })
            {
                foreach (var (part, tensor) in optimizer.State)
                    yield return ($"{optimizer.Name}.{name}.{part}", tensor);
            }
            foreach (var entry in trainer.AverageState)
                yield return entry;
        }
    }

    public override void Adopt() => trainer.Players.Adopt();

    public override string Header()
    {
        var (data, players) = (trainer.Data, trainer.Players);
        return JsonSerializer.Serialize(new TrainingState(
            Checkpoint.Library, ConfigText.Of(trainer.Config), data.Name, data.Position, trainer.Step,
            players.DiscriminatorOptimizer.Updates, players.GeneratorOptimizer.Updates, [.. trainer.History], data.SampleCount,
            trainer.AugmentationState), Checkpoint.Json);
    }

    public override RunState Read(string header, string path) => RunState.Read<TrainingState>(
        header, path, foreign: nameof(ModelState.ModelUpdates));

    public override void Restore(RunState state)
    {
        var saved = (TrainingState)state;
        (trainer.Players.DiscriminatorOptimizer.Updates, trainer.Players.GeneratorOptimizer.Updates, trainer.Step) =
            (saved.DiscriminatorUpdates, saved.GeneratorUpdates, saved.Step);
        trainer.AugmentationState = saved.Augmentation;
        trainer.History.Replace(saved.History);
    }

    public override void ForgetLastStep()
    {
        if (trainer.History is [.., { Step: > 1 } last] && last.Step % trainer.Config.RecordEvery != 0)
            trainer.History.Replace([.. trainer.History.SkipLast(1)]);
    }

    public override string? Lack(RunState state) =>
        ((TrainingState)state).Augmentation is null != trainer.AugmentationState is null ? "the augmentation" : null;

    public override IStepRecord Timeless(IStepRecord record) => (HistoryRecord)record with { StepSeconds = 0 };

    public override void Run(Action afterStep, string title, int? until) => trainer.Run(_ => afterStep(), every: 1, title, until);

    public override Tensor Sample(int count) => trainer.Sample(count);
}

/// <summary>The run of a <see cref="ModelTrainer"/>.</summary>
internal sealed class ModelRun(ModelTrainer trainer) : KeptRun
{
    public override object Trainer => trainer;

    public override object Settings => new ModelSettings(trainer.Config, trainer.Model.GetType().Name, trainer.Model.Settings);

    public override object Usual =>
        new ModelSettings(new ModelConfig { Steps = trainer.Config.Steps }, trainer.Model.GetType().Name, trainer.Model.Settings);

    public override int Step => trainer.Step;

    public override int Steps => trainer.Config.Steps;

    public override IBatchSource Data => trainer.Data;

    public override Device Device => trainer.Device;

    public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [("model", trainer.Model.Network)];

    public override IReadOnlyList<IStepRecord> History => trainer.History;

    public override Type RecordType => typeof(ModelRecord);

    public override IEnumerable<(string Name, Tensor Tensor)> Tensors
    {
        get
        {
            foreach (var (key, tensor) in trainer.Model.Network.state_dict())
                yield return ($"model.{key}", tensor);
            foreach (var (key, tensor) in trainer.Model.State)
                yield return ($"state.{key}", tensor);
            if (trainer.Parameters.Precision != float32)
                yield return ("exact", trainer.Parameters.Values);
            foreach (var (part, tensor) in trainer.Optimizer.State)
                yield return ($"{trainer.Optimizer.Name}.{part}", tensor);
        }
    }

    public override void Adopt() => trainer.Parameters.Adopt();

    public override string Header() => JsonSerializer.Serialize(new ModelState(
        Checkpoint.Library, ConfigText.Of(Settings), Data.Name, Data.Position, Step, trainer.Optimizer.Updates, [.. trainer.History],
        Data.SampleCount), Checkpoint.Json);

    public override RunState Read(string header, string path) => RunState.Read<ModelState>(
        header, path, foreign: nameof(TrainingState.DiscriminatorUpdates));

    public override void Restore(RunState state)
    {
        var saved = (ModelState)state;
        (trainer.Optimizer.Updates, trainer.Step) = (saved.ModelUpdates, saved.Step);
        trainer.History.Replace(saved.ModelHistory);
    }

    public override void ForgetLastStep() => throw new NotSupportedException("the run of a model is not branched");

    public override IStepRecord Timeless(IStepRecord record) => (ModelRecord)record with { StepSeconds = 0 };

    public override void Run(Action afterStep, string title, int? until) => trainer.Run(_ => afterStep(), every: 1, title, until);

    public override Tensor Sample(int count) => throw new InvalidOperationException(
        $"{nameof(RunDirectory.SampleEvery)} needs a {nameof(Trainer)}; a model draws its samples itself");
}

/// <summary>Everything that the run of a model depends on, except its parameters and the data.</summary>
/// <param name="Training">The settings of the run.</param>
/// <param name="Model">Name of the model's type.</param>
/// <param name="Settings">The model's own settings.</param>
internal sealed record ModelSettings(ModelConfig Training, string Model, object? Settings);
