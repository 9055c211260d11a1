using GanNotebooks.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Training;

/// <summary>
/// Trains a generator against a discriminator: k discriminator steps, then one generator step, with fresh noise in each (Algorithm 1 of
/// Goodfellow et al. 2014). The one trainer of the workbook, for points on a ring and for images.
/// </summary>
public sealed class Trainer : IDisposable
{
    private const int DiscriminatorNoise = 1, GeneratorNoise = 2, SampleNoise = 3;

    private readonly IBatchSource data;
    private readonly Adam discriminatorOptimizer, generatorOptimizer;
    private readonly NoiseSource discriminatorNoise, generatorNoise;
    private long discriminatorUpdates;
    private StepRecord lastDiscriminatorStep;

    /// <summary>Prepares a run; nothing is trained yet.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="generator">Maps noise [N, z] to samples [N, ...].</param>
    /// <param name="discriminator">Maps samples to logits [N, 1], high on real.</param>
    /// <param name="data">Where real batches come from, on <paramref name="device"/>.</param>
    /// <param name="device">The device that both networks are on.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public Trainer(TrainingConfig config, Module<Tensor, Tensor> generator, Module<Tensor, Tensor> discriminator, IBatchSource data, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        (Config, Generator, Discriminator, this.data, Device) = (config, generator, discriminator, data, device ?? CPU);
        discriminatorOptimizer = CreateAdam(discriminator, config.DiscriminatorOptimizer);
        generatorOptimizer = CreateAdam(generator, config.GeneratorOptimizer);
        discriminatorNoise = Noise(DiscriminatorNoise);
        generatorNoise = Noise(GeneratorNoise);
    }

    /// <summary>The settings.</summary>
    public TrainingConfig Config { get; }

    /// <summary>The generator.</summary>
    public Module<Tensor, Tensor> Generator { get; }

    /// <summary>The discriminator.</summary>
    public Module<Tensor, Tensor> Discriminator { get; }

    /// <summary>Where both networks compute.</summary>
    public Device Device { get; }

    /// <summary>Generator updates made.</summary>
    public int Step { get; private set; }

    /// <summary>What the run looked like, every <see cref="TrainingConfig.RecordEvery"/> steps.</summary>
    public History History { get; } = [];

    /// <summary>Trains to the end of <see cref="TrainingConfig.Steps"/>, or until a step before it.</summary>
    /// <param name="observe">Called before the first step, then after every <paramref name="every"/> steps, and at the end.</param>
    /// <param name="every">Steps between two calls; 0 calls at the start and at the end only.</param>
    /// <param name="title">What the progress line says is running.</param>
    /// <param name="until">Step to stop at, when it is not the end: another call goes on from there.</param>
    /// <returns>This trainer.</returns>
    /// <exception cref="NonFiniteLossException">A loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop; calling <see cref="Run"/> again goes on.</exception>
    public Trainer Run(Action<Trainer>? observe = null, int every = 0, string title = "training", int? until = null)
    {
        int end = Math.Min(until ?? Config.Steps, Config.Steps);
        using var progress = new TrainingProgress(title, end);
        if (Step == 0)
            observe?.Invoke(this);
        while (Step < end)
        {
            for (int k = 0; k < Config.DiscriminatorSteps; k++)
                DiscriminatorStep();
            GeneratorStep();
            if (Step == end || (every > 0 && Step % every == 0))
                observe?.Invoke(this);
            progress.Report(Step, History);
        }
        return this;
    }

    /// <summary>One update of the discriminator, on a fresh batch of data and one of fakes.</summary>
    public void DiscriminatorStep()
    {
        using var scope = NewDisposeScope();
        SetLearningRate(discriminatorOptimizer, Config.DiscriminatorOptimizer);
        var x = data.Next(Config.BatchSize);
        var fakes = WithoutGradient(() => Generator.call(discriminatorNoise.Batch(discriminatorUpdates, Config.BatchSize)));
        var (real, fake) = (Discriminator.call(x), Discriminator.call(fakes));
        var loss = Config.Loss.Discriminator(real, fake);
        Update(discriminatorOptimizer, loss);
        discriminatorUpdates++;
        if (RecordsNext)
            lastDiscriminatorStep = StepRecord.Of(loss, real, fake);
    }

    /// <summary>One update of the generator, on fresh noise; a line of the history when one is due.</summary>
    /// <exception cref="NonFiniteLossException">A loss became infinite or NaN.</exception>
    public void GeneratorStep()
    {
        using var scope = NewDisposeScope();
        SetLearningRate(generatorOptimizer, Config.GeneratorOptimizer);
        using var frozen = new FrozenParameters(Discriminator);
        var fake = Discriminator.call(Generator.call(generatorNoise.Batch(Step, Config.BatchSize)));
        var real = Config.Loss.GeneratorNeedsReal ? WithoutGradient(() => Discriminator.call(data.Next(Config.BatchSize))) : fake;
        var loss = Config.Loss.Generator(real, fake);
        Update(generatorOptimizer, loss);
        if (RecordsNext)
            Record(loss.item<float>());
        Step++;
    }

    /// <summary>Generated samples from noise of a stream of its own: asking for samples does not change the training.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="index">Which batch of the stream; the same index gives the same z.</param>
    /// <returns>[count, ...], detached; the caller's to dispose.</returns>
    public Tensor Sample(int count, int index = 0)
    {
        using var noise = Noise(SampleNoise);
        using var scope = NewDisposeScope();
        return WithoutGradient(() => Generator.call(noise.Batch(index, count))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        discriminatorOptimizer.Dispose();
        generatorOptimizer.Dispose();
        discriminatorNoise.Dispose();
        generatorNoise.Dispose();
    }

    private bool RecordsNext => (Step + 1) % Config.RecordEvery == 0 || Step == 0;

    private void Record(double generatorLoss)
    {
        var (loss, real, fake, accuracy) = lastDiscriminatorStep;
        if (!double.IsFinite(loss) || !double.IsFinite(generatorLoss))
            throw new NonFiniteLossException(Step + 1, loss, generatorLoss, Config);
        History.Add(new HistoryRecord(Step + 1, loss, generatorLoss, real, fake, accuracy));
    }

    private static void Update(Adam optimizer, Tensor loss)
    {
        if (!loss.requires_grad) // a FixedGenerator has nothing to learn
            return;
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
    }

    // Half a cosine from 1 down to the final fraction (Loshchilov and Hutter 2017, without restarts).
    private void SetLearningRate(Adam optimizer, AdamConfig config)
    {
        double end = Config.FinalLearningRate, done = (double)Step / Config.Steps;
        double fraction = end + (1 - end) * (1 + Math.Cos(Math.PI * done)) / 2;
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = config.LearningRate * fraction;
    }

    private NoiseSource Noise(int purpose) => new(Config.Noise, Config.NoiseDimension, Config.Seed, purpose, Device);

    private static Adam CreateAdam(nn.Module module, AdamConfig config) =>
        optim.Adam(module.parameters(), config.LearningRate, config.Beta1, config.Beta2, config.Epsilon);

    private static Tensor WithoutGradient(Func<Tensor> compute)
    {
        using var noGradient = no_grad();
        return compute();
    }

    private readonly record struct StepRecord(double Loss, double Real, double Fake, double Accuracy)
    {
        public static StepRecord Of(Tensor loss, Tensor real, Tensor fake) => new(
            loss.item<float>(),
            sigmoid(real).mean().item<float>(),
            sigmoid(fake).mean().item<float>(),
            (real.gt(0).to(float32).mean().item<float>() + fake.lt(0).to(float32).mean().item<float>()) / 2);
    }
}
