using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>One size of the step: the textbook's time, ours, and the time that its matrix products alone would need.</summary>
/// <param name="Batch">N.</param>
/// <param name="Width">Of both hidden layers of both networks.</param>
internal sealed record StepCase(int Batch, int Width)
{
    private const int Noise = 2, Points = 2;

    /// <summary>Weights (without biases) of G: the products' inner work.</summary>
    private long GeneratorWeights => Noise * Width + (long)Width * Width + Width * Points;

    private long DiscriminatorWeights => Points * Width + (long)Width * Width + Width;

    public StepResult Measure(BenchmarkPlace place, int calls)
    {
        var (textbookG, textbookD) = Networks(place.Device);
        var (g, d) = Networks(place.Device);
        var config = new TrainingConfig { Steps = int.MaxValue, BatchSize = Batch, RecordEvery = int.MaxValue, NoiseDimension = Noise };
        using var textbook =
            new TextbookStep(textbookG, textbookD, new RingData(seed: 1, device: place.Device), Batch, Noise, place.Device);
        using var trainer = new Trainer(config, g, d, new RingData(seed: 1, device: place.Device), place.Device);
        using var a = randn(Batch, Width, device: place.Device);
        using var w = randn(Width, Width, device: place.Device);
        double[] times = Interleaved.Medians(place, calls, textbook.Run, () => Step(trainer), () => a.mm(w).Dispose());
        double rate = (double)Batch * Width * Width / times[2]; // multiply-adds per microsecond
        double work = Batch * (8.0 * DiscriminatorWeights + 3.0 * GeneratorWeights); // the least a step needs
        return new StepResult(this, times[0], times[1], work / rate, 2 * rate / 1000, GeneratorWeights + DiscriminatorWeights);
    }

    private static void Step(Trainer trainer)
    {
        trainer.DiscriminatorStep();
        trainer.GeneratorStep();
    }

    private (MultilayerPerceptron G, MultilayerPerceptron D) Networks(Device device)
    {
        using var weights = new Generator(1);
        return (new MultilayerPerceptron(Noise, [Width, Width], [Points]).UniformFanIn(weights)
            .to(device), new MultilayerPerceptron(Points, [Width, Width], [1]).UniformFanIn(weights).to(device));
    }
}
