namespace GanNotebooks.Training;

/// <summary>Settings of a <see cref="ModelTrainer"/>'s run. The model has its own, <see cref="ITrainableModel.Settings"/>.</summary>
public sealed record ModelConfig
{
    /// <summary>Number of updates.</summary>
    public required int Steps { get; init; }

    /// <summary>Number of samples in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The optimiser; by default Adam with the constants of Kingma and Ba (2015).</summary>
    public OptimizerConfig Optimizer { get; init; } = new AdamConfig(1e-3, Beta1: 0.9);

    /// <summary>
    /// Fraction of the initial learning rate at the end of the run. It falls along half a cosine; 1 keeps it constant.
    /// </summary>
    public double FinalLearningRate { get; init; } = 1;

    /// <summary>Number of steps between two records of the history. The first and the last step are always recorded.</summary>
    public int RecordEvery { get; init; } = 10;

    /// <summary>Seed of the random numbers of the training. Network and data have separate seeds.</summary>
    public int Seed { get; init; }

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">A value is out of range. The message names it.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[] { (nameof(Steps), Steps), (nameof(BatchSize), BatchSize), (nameof(RecordEvery), RecordEvery) })
        {
            if (value < 1)
                throw new ArgumentException($"{name} must be at least 1, got {value}");
        }
        if (!(FinalLearningRate > 0 && FinalLearningRate <= 1))
            throw new ArgumentException($"{nameof(FinalLearningRate)} must lie in (0, 1], got {FinalLearningRate}");
        Optimizer.Validate();
    }
}
