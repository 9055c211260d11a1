using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Training;

/// <summary>
/// Trains a generator against a discriminator: k discriminator steps, then one generator step, with fresh noise in each (Algorithm 1 of
/// Goodfellow et al. 2014). It is the only trainer of the workbook, for points on a ring and for images.
/// </summary>
public sealed class Trainer : IDisposable
{
    private const int DiscriminatorNoise = 1, GeneratorNoise = 2, SampleNoise = 3;
    private const double Diverging = 1e4; // no loss of a run that learns is as large

    private readonly IGradientEngine engine;
    private readonly GeneratorAverage? average;
    private readonly Augmenter? augmenter;
    private readonly NoiseSource discriminatorNoise, generatorNoise, sampleNoise;
    private readonly StepClock clock = new();
    private DiscriminatorRecord lastDiscriminatorStep;
    private bool warned;

    /// <summary>Prepares a run; nothing is trained yet.</summary>
    /// <param name="config">The settings of the run.</param>
    /// <param name="generator">Network that maps noise [N, z] to samples [N, ...].</param>
    /// <param name="discriminator">Network that maps samples to logits [N, 1], high on real. It judges data and fakes in one batch, unless
    /// a sample's logit depends on the other samples. The trainer tries that out and then makes one pass for each kind. A network that
    /// depends on its batch in a way that a trial may miss implements <see cref="IUsesWholeBatch"/>.</param>
    /// <param name="data">Source of the real batches, on <paramref name="device"/>.</param>
    /// <param name="device">The device that both networks are on.</param>
    /// <exception cref="ArgumentException">A setting is out of range, contradicts another one, or does not fit the networks; or a network
    /// does not fit noise or data. The message holds both shapes.</exception>
    public Trainer(TrainingConfig config, Module<Tensor, Tensor> generator, Module<Tensor, Tensor> discriminator, IBatchSource data,
        Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        (Config, Generator, Discriminator, Data, Device) = (config, generator, discriminator, data, device ?? CPU);
        ConfigRules.RequireConditionsFor(config, generator, discriminator, data);
        ConfigRules.RequireFor(config, generator, discriminator);
        Players = new Players(config, generator, discriminator);
        var probe = new NetworkProbe(config, Players, data, Device);
        probe.RequireShapes();
        Players.MixesSamples |= probe.MixesSamples();
        if (probe.EndsInSigmoid())
            Warn("The discriminator seems to end in a sigmoid. The losses take logits and apply the sigmoid themselves: leave it out.");
        augmenter = config.Augmentation is null ? null : new Augmenter(config);
        engine = GradientEngines.Create(config, Players, Device, augmenter);
        average = config.AverageHalfLife > 0 ? new GeneratorAverage(generator, Players.GeneratorParameters, config.AverageHalfLife) : null;
        (discriminatorNoise, generatorNoise, sampleNoise) = (Noise(DiscriminatorNoise), Noise(GeneratorNoise), Noise(SampleNoise));
    }

    /// <summary>The settings of the run.</summary>
    public TrainingConfig Config { get; }

    /// <summary>
    /// The generator. After <see cref="ReducedPrecision.InBFloat16"/> its inputs and outputs are bfloat16;
    /// <see cref="Sample(int, int, bool)"/> returns
    /// float32.
    /// </summary>
    public Module<Tensor, Tensor> Generator { get; }

    /// <summary>The discriminator. After <see cref="ReducedPrecision.InBFloat16"/> its inputs and outputs are bfloat16.</summary>
    public Module<Tensor, Tensor> Discriminator { get; }

    /// <summary>Device on which both networks compute.</summary>
    public Device Device { get; }

    /// <summary>Number of generator updates so far.</summary>
    public int Step { get; internal set; }

    /// <summary>Records of the run, one every <see cref="TrainingConfig.RecordEvery"/> steps.</summary>
    public History History { get; } = [];

    /// <summary>
    /// Probability p of each change of the <see cref="TrainingConfig.Augmentation"/> in the next step; 0 without one.
    /// </summary>
    public double AugmentationProbability => augmenter?.State.Probability ?? 0;

    /// <summary>Receives a line about a run that goes wrong without failing.</summary>
    internal static Action<string> Warn { get; set; } = line => Console.Error.WriteLine(line);

    /// <summary>The source of real samples, at the position of the next step. Whoever draws from it goes back with
    /// <see cref="IBatchSource.Seek"/>.</summary>
    public IBatchSource Data { get; }

    internal Players Players { get; }

    /// <summary>The tensors of the moving average that a checkpoint must hold; none if there is no average.</summary>
    internal IEnumerable<(string Name, Tensor Tensor)> AverageState => average?.State ?? [];

    /// <summary>Lets the moving average begin with the present G, if there is one.</summary>
    internal void RestartAverage() => average?.Restart();

    /// <summary>The state of the augmentation that a checkpoint must hold; null without one.</summary>
    internal AugmentationState? AugmentationState
    {
        get => augmenter?.State;
        set
        {
            if (augmenter is not null && value is not null)
                augmenter.State = value;
        }
    }

    /// <summary>
    /// Trains to the last of the <see cref="TrainingConfig.Steps"/>, or to an earlier step. <see cref="RunDirectory"/> trains runs
    /// that can continue after their process has ended.
    /// </summary>
    /// <param name="observe">Callback that is called before the first step, then after every <paramref name="every"/> steps, and at the
    /// end.</param>
    /// <param name="every">Number of steps between two calls; with 0 the callback is called only at the start and at the end.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="until">Step at which this call stops before the end; another call continues from there.</param>
    /// <returns>This trainer.</returns>
    /// <exception cref="NonFiniteLossException">A loss or a gradient became infinite or NaN.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory for a step.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop; another call continues.</exception>
    public Trainer Run(Action<Trainer>? observe = null, int every = 0, string title = "training", int? until = null)
    {
        int end = Math.Min(until ?? Config.Steps, Config.Steps);
        using var progress = new TrainingProgress(title, Step, end);

        // Another trainer or the reader's own code may have changed the networks since the last call.
        Players.Adopt();
        clock.Restart(Step);

        if (Step == 0)
            observe?.Invoke(this);
        while (Step < end)
        {
            Iterate();
            if (IsDue(Step, every, end))
                observe?.Invoke(this);
            progress.Report(Step, History);
        }
        return this;
    }

    /// <summary>Whether an action that is due every <paramref name="every"/> steps, and at the end, is due after this step.</summary>
    internal static bool IsDue(int step, int every, int end) => step == end || every > 0 && step % every == 0;

    /// <summary>Makes one update of the discriminator alone, on a fresh batch of data and a fresh batch of fakes.</summary>
    public void DiscriminatorStep()
    {
        Players.DiscriminatorParameters.AdoptRounded();
        UpdateDiscriminator();
    }

    /// <summary>Makes one update of the generator alone, on fresh noise, and adds a record to the history when one is due.</summary>
    /// <exception cref="NonFiniteLossException">A loss or a gradient became infinite or NaN.</exception>
    public void GeneratorStep()
    {
        Players.GeneratorParameters.AdoptRounded();
        UpdateGenerator();
    }

    /// <summary>
    /// Generates samples with G in evaluation mode, from a separate stream of noise. A conditional G gets
    /// <see cref="IConditionedBatches.SampleConditions"/> of the data. Batch normalisation uses its running statistics, so a
    /// sample does not depend on the other samples. Sampling does not change the training, bit for bit.
    /// </summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="index">Number of the batch in the stream; the same index gives the same z.</param>
    /// <param name="averaged">Whether to use the moving average of G's parameters instead of the parameters themselves.</param>
    /// <returns>Detached samples, [count, ...]. The caller disposes them.</returns>
    /// <exception cref="InvalidOperationException">The run keeps no average, because <see cref="TrainingConfig.AverageHalfLife"/> is
    /// 0.</exception>
    public Tensor Sample(int count, int index = 0, bool averaged = false)
    {
        using var scope = NewDisposeScope();
        var conditions = Players.AreConditional ? ((IConditionedBatches)Data).SampleConditions(count, index) : null;
        return SampleOf(conditions, count, index, averaged).MoveToOuterDisposeScope();
    }

    /// <summary>Generates one sample for each condition with G in evaluation mode.</summary>
    /// <param name="conditions">Conditions [N, ...], on the device of G; the caller's.</param>
    /// <param name="index">Number of the batch in the stream of noise; the same index gives the same z.</param>
    /// <param name="averaged">Whether to use the moving average of G's parameters instead of the parameters themselves.</param>
    /// <returns>Detached samples, [N, ...]. The caller disposes them.</returns>
    /// <exception cref="InvalidOperationException">G takes no condition, or the run keeps no average.</exception>
    public Tensor Sample(Tensor conditions, int index = 0, bool averaged = false)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        if (!Players.AreConditional)
            throw new InvalidOperationException($"{Generator.GetName()} takes no condition: write Sample(count)");
        using var scope = NewDisposeScope();
        return SampleOf(conditions, (int)conditions.size(0), index, averaged).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Runs an action on G in evaluation mode, with the moving average in place of its parameters and running statistics. Afterwards G has
    /// its previous values again, bit for bit.
    /// </summary>
    /// <param name="use">Action that receives the averaged generator, for example to save it.</param>
    /// <exception cref="InvalidOperationException">The run keeps no average, because <see cref="TrainingConfig.AverageHalfLife"/> is
    /// 0.</exception>
    public void WithAverage(Action<Module<Tensor, Tensor>> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        using var mode = new EvaluationMode(Generator);
        Average.With(() =>
        {
            use(Generator);
            return 0;
        });
    }

    /// <summary>Computes the logits of D. They are float32 for every precision of the layers.</summary>
    internal Tensor Discriminate(Tensor samples, Tensor? conditions = null) => Players.Discriminate(samples, conditions);

    /// <inheritdoc/>
    public void Dispose()
    {
        engine.Dispose();
        augmenter?.Dispose();
        average?.Dispose();
        Players.Dispose();
        discriminatorNoise.Dispose();
        generatorNoise.Dispose();
        sampleNoise.Dispose();
    }

    // One iteration of Algorithm 1 of Goodfellow et al. (2014): k updates of D, then one of G.
    private void Iterate()
    {
        try
        {
            if (Config.Order is UpdateOrder.Simultaneous)
            {
                UpdateBoth();
                return;
            }
            for (int k = 0; k < Config.DiscriminatorSteps; k++)
                UpdateDiscriminator();
            UpdateGenerator();
        }
        catch (Exception e) when (DeviceMemoryException.IsMeant(e))
        {
            throw new DeviceMemoryException(Config.BatchSize, Step + 1, e);
        }
    }

    private void UpdateDiscriminator()
    {
        using var scope = NewDisposeScope();
        long update = Players.DiscriminatorOptimizer.Updates;

        // Sample a minibatch of m examples x and one of m noise vectors z.
        var (real, condition) = NextReal(); // [m, ...]
        var noise = discriminatorNoise.Batch(update, Config.BatchSize); // [m, z]

        // The gradient of D's loss by its parameters. G does not change here: the fakes G(z) are constant inputs.
        var losses = engine.Discriminator(new StepInfo(update, Done), real, noise, condition);
        DescendDiscriminator(losses);
    }

    private void UpdateGenerator()
    {
        using var scope = NewDisposeScope();

        // Sample a minibatch of m noise vectors z, and examples only for their conditions and the losses that compare fakes with data.
        var (real, condition) = Config.GeneratorSeesData || Players.AreConditional ? NextReal() : (null, null); // [m, ...]
        var noise = generatorNoise.Batch(Step, Config.BatchSize); // [m, z]

        // The gradient of G's loss by its parameters, through D. D does not change here.
        DescendGenerator(engine.Generator(new StepInfo(Step, Done), real, noise, condition));
    }

    // Both players descend at once, each along its gradient at the parameters before the step.
    private void UpdateBoth()
    {
        using var scope = NewDisposeScope();
        var (real, condition) = NextReal(); // [m, ...]
        var noise = generatorNoise.Batch(Step, Config.BatchSize); // [m, z]
        var (ofDiscriminator, ofGenerator) = engine.Both(new StepInfo(Step, Done), real, noise, condition);
        DescendDiscriminator(ofDiscriminator);
        DescendGenerator(ofGenerator);
    }

    // The next real batch; in the conditional game with the condition of each sample, which G's samples of this step get too.
    private (Tensor Real, Tensor? Condition) NextReal()
    {
        if (!Players.AreConditional)
            return (Data.Next(Config.BatchSize), null);
        var (samples, conditions) = ((IConditionedBatches)Data).NextPair(Config.BatchSize);
        return (samples, conditions);
    }

    private void DescendDiscriminator(PlayerLosses losses)
    {
        // Algorithm 1 ascends the value function. D descends its loss instead, which is minus the value. Any update rule may be used; the
        // default is Adam.
        Players.DiscriminatorOptimizer.Step(Config.LearningRateAt(Config.DiscriminatorOptimizer, Done));

        // The weights of a WGAN's critic must stay in [−c, c], and any update may move them out of it.
        if (Config.WeightClip > 0)
            WeightClipping.Apply(Discriminator, Config.WeightClip);

        // Numbers for the history cost time, and on a GPU they wait for it. They are computed only when a record is due.
        if (RecordsNext)
            lastDiscriminatorStep = DiscriminatorRecord.Of(losses, Players.DiscriminatorParameters);

        // How well D knows the training images decides how often they are changed (ADA).
        augmenter?.Observe(losses.Real!);
    }

    private void DescendGenerator(PlayerLosses losses)
    {
        // G descends its loss.
        Players.GeneratorOptimizer.Step(Config.LearningRateAt(Config.GeneratorOptimizer, Done));

        // An average of G over its last updates gives the best samples.
        average?.Update(Config.BatchSize);

        if (RecordsNext)
            Record(losses.Loss.item<float>());
        Step++;
    }

    private Tensor SampleOf(Tensor? conditions, int count, int index, bool averaged)
    {
        using var mode = new EvaluationMode(Generator);
        Tensor Generate() => Without.Gradient(() => Players.Generate(sampleNoise.Batch(index, count), conditions));
        return averaged ? Average.With(Generate) : Generate();
    }

    private GeneratorAverage Average => average ?? throw new InvalidOperationException("AverageHalfLife is 0: this run keeps no average");

    private double Done => (double)Step / Config.Steps;

    private bool RecordsNext => (Step + 1) % Config.RecordEvery == 0 || Step == 0 || Step + 1 == Config.Steps;

    private void Record(double generatorLoss)
    {
        var d = lastDiscriminatorStep;
        double slope = Players.GeneratorParameters.GradientNorm();
        if (!double.IsFinite(d.Loss) || !double.IsFinite(generatorLoss) || !double.IsFinite(d.GradientNorm) || !double.IsFinite(slope))
            throw new NonFiniteLossException(Step + 1, d, generatorLoss, slope, Config);
        if (!warned && Math.Max(Math.Abs(d.Loss), Math.Abs(generatorLoss)) > Diverging)
        {
            warned = true;
            Warn(FormattableString.Invariant($"Step {Step + 1}: D's loss is {d.Loss:G4} and G's {generatorLoss:G4}. The run may diverge: ")
                + FormattableString.Invariant($"one that learns has losses below {Diverging:G4}. It trains on until a number is no longer ")
                + "finite; smaller learning rates may help.");
        }
        History.Add(new HistoryRecord(Step + 1, d.Loss, generatorLoss, d.RealProbability, d.FakeProbability, d.Accuracy)
        {
            Penalty = d.Penalty,
            RealLogit = d.RealLogit,
            FakeLogit = d.FakeLogit,
            DiscriminatorGradientNorm = d.GradientNorm,
            GeneratorGradientNorm = slope,
            AugmentationProbability = AugmentationProbability,
            StepSeconds = clock.SecondsPerStep(Step + 1),
        });
    }

    private NoiseSource Noise(int purpose) => new(Config.Noise, Config.NoiseDimension, Config.Seed, purpose, Device);
}
