namespace GanNotebooks.Training;

/// <summary>What a training run looked like at one step, as means over one batch.</summary>
/// <param name="Step">Generator updates made.</param>
/// <param name="DiscriminatorLoss">The discriminator's loss, in nats.</param>
/// <param name="GeneratorLoss">The generator's loss, in nats.</param>
/// <param name="RealProbability">Mean D(x) on data.</param>
/// <param name="FakeProbability">Mean D(G(z)) on generated samples.</param>
/// <param name="Accuracy">Share of the batch that D puts on the right side of 1/2.</param>
public sealed record HistoryRecord(
    int Step, double DiscriminatorLoss, double GeneratorLoss, double RealProbability, double FakeProbability, double Accuracy);
