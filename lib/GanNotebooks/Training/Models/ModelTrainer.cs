using System.Globalization;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Trains a model with one player, such as an autoencoder or a Boltzmann machine. It shares optimisers, histories, run folders and
/// checkpoints with <see cref="Trainer"/>. The same seeds give the same run, bit for bit, interrupted or not.
/// </summary>
public sealed class ModelTrainer : IDisposable
{
    private const int ModelStream = 4; // the streams 1 to 3 of a seed are a GAN's noise

    private readonly RandomStreams random;
    private readonly StepClock clock = new();

    /// <summary>Prepares a run; nothing is trained yet.</summary>
    /// <param name="config">The settings of the run.</param>
    /// <param name="model">The model. The trainer does not dispose it.</param>
    /// <param name="data">Source of the batches, on <paramref name="device"/>.</param>
    /// <param name="device">The device that the model is on; by default the CPU.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the network has no float32 parameter to train.</exception>
    public ModelTrainer(ModelConfig config, ITrainableModel model, IBatchSource data, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        config.Validate();
        (Config, Model, Data, Device) = (config, model, data, device ?? CPU);
        if (model.Network.parameters().FirstOrDefault(p => p.requires_grad) is null)
            throw new ArgumentException($"{model.GetType().Name} has no parameter to train", nameof(model));
        Parameters = new FlatParameters(model.Network);
        Optimizer = config.Optimizer.Create(Parameters);
        random = new RandomStreams(config.Seed);
    }

    /// <summary>The settings of the run.</summary>
    public ModelConfig Config { get; }

    /// <summary>The model.</summary>
    public ITrainableModel Model { get; }

    /// <summary>Device on which the model computes.</summary>
    public Device Device { get; }

    /// <summary>Number of updates so far.</summary>
    public int Step { get; internal set; }

    /// <summary>Records of the run, one every <see cref="ModelConfig.RecordEvery"/> steps.</summary>
    public ModelHistory History { get; } = [];

    internal IBatchSource Data { get; }

    internal FlatParameters Parameters { get; }

    internal FlatOptimizer Optimizer { get; }

    /// <summary>
    /// Trains to the last of the <see cref="ModelConfig.Steps"/>, or to an earlier step. <see cref="RunDirectory"/> trains runs that can
    /// continue after their process has ended.
    /// </summary>
    /// <param name="observe">Callback that is called before the first step, then after every <paramref name="every"/> steps, and at the
    /// end.</param>
    /// <param name="every">Number of steps between two calls; with 0 the callback is called only at the start and at the end.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="until">Step at which this call stops before the end; another call continues from there.</param>
    /// <returns>This trainer.</returns>
    /// <exception cref="NonFiniteLossException">The loss or the gradient became infinite or NaN.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory for a step.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop; another call continues.</exception>
    public ModelTrainer Run(Action<ModelTrainer>? observe = null, int every = 0, string title = "training", int? until = null)
    {
        int end = Math.Min(until ?? Config.Steps, Config.Steps);
        using var progress = new TrainingProgress(title, Step, end);

        // Another trainer or the reader's own code may have changed the parameters since the last call.
        Model.Network.train();
        Parameters.Adopt();
        clock.Restart(Step);

        if (Step == 0)
            observe?.Invoke(this);
        while (Step < end)
        {
            Update();
            if (Trainer.IsDue(Step, every, end))
                observe?.Invoke(this);
            progress.Report(Step, LastLoss);
        }
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Parameters.Dispose();
        random.Dispose();
    }

    private void Update()
    {
        try
        {
            using var scope = NewDisposeScope();
            Model.Network.train(); // a callback may have evaluated the model
            var batch = Data.Next(Config.BatchSize); // [N, ...]
            Parameters.ZeroGradients();
            var loss = Model.Backward(batch, random.At(ModelStream, Step));
            if ((Step + 1) % Config.RecordEvery == 0 || Step == 0 || Step + 1 == Config.Steps)
                Record(loss.to(float32).item<float>());
            Optimizer.Step(Config.Optimizer.AnnealedRate(Config.FinalLearningRate, (double)Step / Config.Steps));
            Step++;
        }
        catch (Exception e) when (DeviceMemoryException.IsMeant(e))
        {
            throw new DeviceMemoryException(Config.BatchSize, Step + 1, e);
        }
    }

    // Numbers for the history cost time, and on a GPU they wait for it. They are computed only when a record is due.
    private void Record(double loss)
    {
        Parameters.Gather();
        double slope = Parameters.GradientNorm();
        if (!double.IsFinite(loss) || !double.IsFinite(slope))
            throw new NonFiniteLossException(Step + 1, loss, slope, $"{Model.GetType().Name}, {Config}");
        History.Add(new ModelRecord(Step + 1, loss, slope) { StepSeconds = clock.SecondsPerStep(Step + 1) });
    }

    private string LastLoss() =>
        History.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", loss {History[^1].Loss:G3}");
}
