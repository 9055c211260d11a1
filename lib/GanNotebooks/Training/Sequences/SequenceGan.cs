using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Trains a generator of sequences by one of the methods of <see cref="SequenceMethod"/>: a straight loop in which D and G take turns.
/// All of
/// them have the same generator, and all but maximum likelihood the same discriminator.
/// </summary>
public sealed class SequenceGan : IDisposable
{
    private const int WeightStream = 0, BatchStream = 1;
    private readonly Tensor real; // [n, T, S]
    private readonly SeededRandom order;
    private readonly Generator random;
    private readonly optim.Optimizer likelihoodStep, generatorStep, discriminatorStep;
    private readonly NonSaturatingLoss game = new();

    /// <summary>Builds both networks.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="sequences">The real sequences, one-hot float32 [n, T, S]; the caller keeps them.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the sequences have another rank.</exception>
    public SequenceGan(SequenceGanConfig config, Tensor sequences)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(sequences);
        config.Validate();
        if (sequences.dim() != 3)
            throw new ArgumentException($"expected [n, T, S], got [{string.Join(", ", sequences.shape)}]", nameof(sequences));
        (Config, real) = (config, sequences);
        var (length, tokens) = ((int)sequences.size(1), (int)sequences.size(2));
        using var weights = new Generator(SeededRandom.SplitMix(((ulong)config.Seed << 8) + WeightStream));
        Generator = new SequenceGenerator(tokens, length, config.GeneratorHidden, weights);
        Discriminator = new SequenceDiscriminator(tokens, length, config.DiscriminatorHidden, weights);
        random = new Generator(SeededRandom.SplitMix(((ulong)config.Seed << 8) + 2));
        order = new SeededRandom(config.Seed, BatchStream);
        likelihoodStep = optim.Adam(Generator.parameters(), config.LikelihoodRate);
        generatorStep = optim.Adam(Generator.parameters(), config.GeneratorRate, beta1: 0.5);
        discriminatorStep = optim.Adam(Discriminator.parameters(), config.DiscriminatorRate, beta1: 0.5);
    }

    /// <summary>The settings.</summary>
    public SequenceGanConfig Config { get; }

    /// <summary>The generator.</summary>
    public SequenceGenerator Generator { get; }

    /// <summary>The discriminator; maximum likelihood leaves it as it was.</summary>
    public SequenceDiscriminator Discriminator { get; }

    /// <summary>Updates of the generator so far, without those of pretraining.</summary>
    public int Step { get; private set; }

    /// <summary>Runs pretraining and all steps.</summary>
    /// <param name="observe">Called before the first step of the game and after each <paramref name="every"/> steps.</param>
    /// <param name="every">Steps between two calls.</param>
    public void Run(Action<SequenceGan> observe, int every)
    {
        ArgumentNullException.ThrowIfNull(observe);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        for (int i = 0; i < Config.Pretraining; i++)
            LikelihoodStep();
        for (int i = 0; i < Config.Pretraining / 10 && Config.Method != SequenceMethod.MaximumLikelihood; i++)
            DiscriminatorStep();
        observe(this);
        while (Step < Config.Steps)
        {
            if (Config.Method == SequenceMethod.MaximumLikelihood)
            {
                LikelihoodStep();
            }
            else
            {
                for (int k = 0; k < Config.DiscriminatorSteps; k++)
                    DiscriminatorStep();
                GeneratorStep();
            }

            if (++Step % every == 0)
                observe(this);
        }
    }

    /// <summary>One step up the likelihood of a real batch.</summary>
    /// <returns>−log q per token, in nats, before the step.</returns>
    public double LikelihoodStep()
    {
        using var scope = NewDisposeScope();
        var loss = Generator.LogProbability(Batch()).mean().neg() / Generator.Length;
        return Descend(likelihoodStep, loss);
    }

    /// <summary>One step of D against the present G.</summary>
    /// <returns>Its loss before the step, log 4 where it knows nothing.</returns>
    public double DiscriminatorStep()
    {
        using var scope = NewDisposeScope();
        Tensor fake;
        using (no_grad())
            fake = Generator.Write(Config.BatchSize, random, Choice, Config.Temperature);
        return Descend(discriminatorStep, game.Discriminator(Discriminator.call(Batch()), Discriminator.call(fake)));
    }

    /// <summary>One step of G against the present D.</summary>
    /// <returns>Its loss before the step; for the policy gradients this number has no meaning of its own.</returns>
    public double GeneratorStep()
    {
        using var scope = NewDisposeScope();
        return Descend(generatorStep, GeneratorLoss());
    }

    private Tensor GeneratorLoss()
    {
        var written = Generator.Write(Config.BatchSize, random, Choice, Config.Temperature); // [N, T, S]
        if (Choice != TokenChoice.Hard)
            return nn.functional.softplus(Discriminator.call(written).neg()).mean(); // −log D
        Tensor logits;
        using (no_grad())
            logits = Discriminator.call(written).squeeze(1); // [N]
        var log = Generator.LogProbability(written);
        return Config.Method switch
        {
            SequenceMethod.Reinforce => PolicyLoss.Reinforce(log, logits.sigmoid(), Config.Baseline),
            SequenceMethod.ReinforceLogRatio => PolicyLoss.Reinforce(log, logits, Config.Baseline),
            SequenceMethod.MaliGan => PolicyLoss.MaliGan(log, logits),
            _ => throw new InvalidOperationException($"{Config.Method} has no step of the generator"),
        };
    }

    private TokenChoice Choice => Config.Method switch
    {
        SequenceMethod.Gumbel => TokenChoice.Relaxed,
        SequenceMethod.GumbelStraightThrough => TokenChoice.StraightThrough,
        _ => TokenChoice.Hard,
    };

    private double Descend(optim.Optimizer optimizer, Tensor loss)
    {
        double value = loss.item<float>();
        if (!double.IsFinite(value))
            throw new NonFiniteSequenceLossException(Step, Config, value);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        return value;
    }

    private Tensor Batch()
    {
        long[] chosen = [.. Enumerable.Range(0, Config.BatchSize).Select(_ => (long)order.NextInt((int)real.size(0)))];
        return real.index_select(0, tensor(chosen, device: real.device));
    }

    /// <summary>Frees networks and optimisers.</summary>
    public void Dispose()
    {
        likelihoodStep.Dispose();
        generatorStep.Dispose();
        discriminatorStep.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
        random.Dispose();
    }
}

/// <summary>A loss on sequences became infinite or no number.</summary>
/// <param name="step">The step.</param>
/// <param name="config">The settings.</param>
/// <param name="value">The loss.</param>
public sealed class NonFiniteSequenceLossException(int step, SequenceGanConfig config, double value)
    : Exception($"the loss was {value} at step {step}, seed {config?.Seed}; settings {config}");
