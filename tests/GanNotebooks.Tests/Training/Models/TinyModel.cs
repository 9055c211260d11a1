using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>A perceptron that maps points to themselves, with noise and a moving mean of the batches that its loss uses.</summary>
internal sealed class TinyModel : ITrainableModel, IDisposable
{
    public static ModelConfig Config { get; } = new()
    {
        Steps = 30, BatchSize = 16, RecordEvery = 5, Seed = 3, FinalLearningRate = 0.1, Optimizer = new AdamConfig(1e-2, Beta1: 0.9),
    };

    private readonly double noise;

    public TinyModel(double noise = 0.1, int hidden = 8)
    {
        this.noise = noise;
        using var random = new Generator(5);
        Network = new MultilayerPerceptron(2, [hidden], [2]).UniformFanIn(random);
    }

    public nn.Module Network { get; }

    public object Settings => new Own(noise);

    public Tensor Mean { get; } = zeros(2).DetachFromDisposeScope();

    public IEnumerable<(string Name, Tensor Tensor)> State => [("mean", Mean)];

    public static ModelTrainer Create(ModelConfig? config = null, TinyModel? model = null, IBatchSource? data = null) =>
        new(config ?? Config, model ?? new TinyModel(), data ?? new RingData(seed: 1));

    public static float[] Values(ModelTrainer trainer) =>
        [.. trainer.Model.Network.parameters().SelectMany(p => p.data<float>().ToArray()),
            .. ((TinyModel)trainer.Model).Mean.data<float>().ToArray()];

    public Tensor Backward(Tensor batch, Generator random)
    {
        using (no_grad())
            Mean.mul_(0.9).add_(batch.mean([0]), 0.1);
        var noisy = batch + noise * empty_like(batch).FillNormal(0, 1, random);
        var loss = (((MultilayerPerceptron)Network).call(noisy - Mean) - batch).square().mean();
        loss.backward();
        return loss.detach();
    }

    public void Dispose()
    {
        Network.Dispose();
        Mean.Dispose();
    }

    private sealed record Own(double Noise);
}
