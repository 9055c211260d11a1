using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Computes the same gradients as <see cref="AutogradEngine"/>, up to rounding, for perceptrons and maxout networks on the CPU. Real and
/// fake samples take one pass through D, and G's step computes no gradient of D's parameters. Autograd is used only for the loss of the N
/// logits. With spectral norm the engines differ slightly: the power iteration advances once per forward pass in this engine, and once per
/// call of D in the other.
/// </summary>
// The entry point of Training/Cpu. This folder is optional: GradientEngine.Autograd trains every network without it. The folder is
// frozen. A new loss, layer or penalty needs no code here: Fits returns false for anything unknown, and autograd is used.
internal sealed class PerceptronEngine : IGradientEngine
{
    private readonly TrainingConfig config;
    private readonly INetworkPass generator, discriminator, both;
    private readonly int packs; // number of packs in a batch; D judges one pack at once
    private bool generated; // whether G's pass of D's step can be reused in G's step

    public PerceptronEngine(TrainingConfig config, Players players)
    {
        (this.config, packs) = (config, config.BatchSize / config.Packing);
        generator = NetworkPasses.Create(players.Generator, players.GeneratorParameters, config.BatchSize);
        discriminator = NetworkPasses.Create(players.Discriminator, players.DiscriminatorParameters, packs);
        both = NetworkPasses.Create(players.Discriminator, players.DiscriminatorParameters, 2 * packs, batches: 2);
    }

    /// <summary>Whether this engine supports the settings, networks and device.</summary>
    public static bool Fits(TrainingConfig config, nn.Module generator, nn.Module discriminator, Device device) =>
        device.type == DeviceType.CPU && new[] { generator, discriminator }.All(n => ReducedPrecision.PrecisionOf(n) == float32)
            && config is { InstanceNoise: null, Augmentation: null, Reconstruction: null, Matching: null }
            && config is { UnrolledSteps: 0, ConsensusWeight: 0 }
        && NetworkPasses.ForGenerator(generator, config.BatchSize) && NetworkPasses.ForDiscriminator(discriminator, config.Penalty);

    public PlayerLosses Discriminator(StepInfo moment, Tensor real, Tensor noise, Tensor? condition = null)
    {
        using var noGradient = no_grad();
        Generate(noise);
        generated = config.ShareFakes;
        Fill(both.Input.narrow(0, 0, packs), real);
        Fill(both.Input.narrow(0, packs, packs), generator.Output);
        both.Forward(); // [2N, 1]
        var losses = LogitGradients.OfDiscriminator(config.Loss, both, packs);
        both.Backward(toParameters: true, toInput: false);
        return config.Penalty is ZeroCenteredGradientPenalty penalty
            ? losses with { Penalty = AddPenalty((MaxoutPass)both, penalty) }
            : losses;
    }

    public PlayerLosses Generator(StepInfo moment, Tensor? real, Tensor noise, Tensor? condition = null)
    {
        using var noGradient = no_grad();
        if (!generated)
            Generate(noise);
        generated = false;
        var (pass, start) = real is null ? (discriminator, 0) : (both, packs); // the fakes follow the data
        var fakes = pass.Input.narrow(0, start, packs);
        if (real is not null)
            Fill(pass.Input.narrow(0, 0, packs), real);
        Fill(fakes, generator.Output);
        pass.Forward();
        var losses = LogitGradients.OfGenerator(config.Loss, pass, start);
        pass.Backward(toParameters: false, toInput: true);
        Fill(generator.OutputGradient, pass.InputGradient.narrow(0, start, packs));
        generator.Backward(toParameters: true, toInput: false);
        return losses;
    }

    // G's pass through D repeats the one of D's gradient: same fakes, same D.
    public (PlayerLosses Discriminator, PlayerLosses Generator) Both(StepInfo moment, Tensor real, Tensor noise, Tensor? condition = null)
    {
        var ofDiscriminator = Discriminator(moment, real, noise);
        generated = true;
        return (ofDiscriminator, Generator(moment, config.GeneratorSeesData ? real : null, noise));
    }

    public void Dispose()
    {
        generator.Dispose();
        discriminator.Dispose();
        both.Dispose();
    }

    // The penalty is γ/2 times the mean over the rows.
    private Tensor AddPenalty(MaxoutPass pass, ZeroCenteredGradientPenalty penalty)
    {
        double onReal = penalty.OnReal > 0 ? pass.AddSquaredGradients(0, packs, penalty.OnReal / (2 * packs)) : 0;
        double onFake = penalty.OnFake > 0 ? pass.AddSquaredGradients(packs, packs, penalty.OnFake / (2 * packs)) : 0;
        return tensor((float)(onReal + onFake));
    }

    private void Generate(Tensor noise)
    {
        Fill(generator.Input, noise);
        generator.Forward();
    }

    // Packing joins neighbouring rows: the numbers and their order stay the same, only the shape changes.
    private static void Fill(Tensor target, Tensor samples) =>
        target.copy_(samples.dim() == 2 && samples.size(0) == target.size(0) ? samples : samples.reshape(target.shape));
}
