using GanNotebooks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The same gradients as <see cref="AutogradEngine"/>, up to rounding, for two plain perceptrons on the CPU without regularisers: real and fake in
/// one pass through D, no gradient of D in G's step, no graph but, for most losses, the loss's own on N logits.
/// </summary>
internal sealed class PerceptronEngine : IGradientEngine
{
    private readonly TrainingConfig config;
    private readonly PerceptronPass generator, discriminator, both;
    private bool generated; // the pass through G of D's step is still there for G's

    public PerceptronEngine(TrainingConfig config, Players players)
    {
        this.config = config;
        var (g, d) = ((MultilayerPerceptron)players.Generator, (MultilayerPerceptron)players.Discriminator);
        generator = new PerceptronPass(g, players.GeneratorParameters, config.BatchSize);
        discriminator = new PerceptronPass(d, players.DiscriminatorParameters, config.BatchSize);
        both = new PerceptronPass(d, players.DiscriminatorParameters, 2 * config.BatchSize);
    }

    /// <summary>Whether this engine can do it.</summary>
    public static bool Fits(TrainingConfig config, nn.Module generator, nn.Module discriminator, Device device) =>
        device.type == DeviceType.CPU && config is { Penalty: null, InstanceNoise: null, Packing: 1, UnrolledSteps: 0, ConsensusWeight: 0 }
        && generator is MultilayerPerceptron { IsPlain: true } && discriminator is MultilayerPerceptron { IsPlain: true };

    public PlayerLosses Discriminator(StepMoment moment, Tensor real, Tensor noise)
    {
        using var noGradient = no_grad();
        int n = config.BatchSize;
        Generate(noise);
        generated = config.ShareFakes;
        Fill(both.Input.narrow(0, 0, n), real);
        both.Input.narrow(0, n, n).copy_(generator.Output);
        both.Forward(); // [2N, 1]
        var losses = LogitSlopes.OfDiscriminator(config.Loss, both, n);
        both.Backward(toParameters: true, toInput: false);
        return losses;
    }

    public PlayerLosses Generator(StepMoment moment, Tensor? real, Tensor noise)
    {
        using var noGradient = no_grad();
        int n = config.BatchSize;
        if (!generated)
            Generate(noise);
        generated = false;
        var pass = real is null ? discriminator : both;
        var fakes = pass.Input.narrow(0, real is null ? 0 : n, n);
        if (real is not null)
            Fill(pass.Input.narrow(0, 0, n), real);
        fakes.copy_(generator.Output);
        pass.Forward();
        var losses = LogitSlopes.OfGenerator(config.Loss, pass, real is null ? 0 : n);
        pass.Backward(toParameters: false, toInput: true);
        generator.OutputGradient.copy_(pass.InputGradient.narrow(0, real is null ? 0 : n, n));
        generator.Backward(toParameters: true, toInput: false);
        return losses;
    }

    public void Dispose()
    {
        generator.Dispose();
        discriminator.Dispose();
        both.Dispose();
    }

    private void Generate(Tensor noise)
    {
        Fill(generator.Input, noise);
        generator.Forward();
    }

    private static void Fill(Tensor target, Tensor samples) => target.copy_(samples.dim() == 2 ? samples : samples.flatten(1));
}
