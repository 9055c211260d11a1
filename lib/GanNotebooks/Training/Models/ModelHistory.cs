namespace GanNotebooks.Training;

/// <summary>The records of a <see cref="ModelTrainer"/>'s run, oldest first. It holds plain data.</summary>
public sealed class ModelHistory : RunHistory<ModelRecord>;

/// <summary>The state of a <see cref="ModelTrainer"/>'s run at one step.</summary>
/// <param name="Step">Number of updates so far.</param>
/// <param name="Loss">What <see cref="ITrainableModel.Backward"/> returned on the batch of this step.</param>
/// <param name="GradientNorm">Euclidean norm of the gradient.</param>
public sealed record ModelRecord(int Step, double Loss, double GradientNorm) : IStepRecord
{
    /// <inheritdoc/>
    public double StepSeconds { get; init; }
}
