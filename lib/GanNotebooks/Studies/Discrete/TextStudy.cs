using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GanNotebooks.Networks;
using GanNotebooks.Theory;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Counting, maximum likelihood and GANs, trained on the same thousand sequences of a source whose law is known, and compared with it
/// exactly. A finished run is one file and is not computed again.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/discrete-text</c>.</param>
public sealed class TextStudy(string results)
{
    /// <summary>Tokens in a sequence: 5⁶ = 15,625 sequences, few enough to list for every network.</summary>
    public const int Length = 6;

    /// <summary>Real sequences that every method learns from.</summary>
    public const int Sequences = 1000;

    /// <summary>Further real sequences, on which the best moment of a run is chosen.</summary>
    public const int ValidationSequences = 500;

    /// <summary>Steps of maximum likelihood of the pretrained rows.</summary>
    public const int PretrainingSteps = 300;

    private const int Moments = 12, ValidationSeed = 1000;

    /// <summary>The values of α of the temperature curves.</summary>
    public static IReadOnlyList<double> Alphas { get; } = [0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.5, 2, 3];

    /// <summary>The name of counting.</summary>
    public const string Counting = "counting";

    /// <summary>The name of maximum likelihood.</summary>
    public const string Likelihood = "maximum likelihood";

    private const string Pretrained = " after likelihood";

    private static readonly (string Name, SequenceMethod Method)[] Games =
    [
        ("Gumbel GAN", SequenceMethod.Gumbel), ("straight-through GAN", SequenceMethod.GumbelStraightThrough),
        ("REINFORCE GAN", SequenceMethod.Reinforce), ("log-ratio GAN", SequenceMethod.ReinforceLogRatio),
        ("MaliGAN", SequenceMethod.MaliGan),
    ];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        [Counting, Likelihood, .. Games.Select(g => g.Name), .. Games.Skip(1).Select(g => g.Name + Pretrained)];

    /// <summary>Updates of the generator; rows that begin after likelihood make half of them.</summary>
    public int Steps { get; init; } = 600;

    /// <summary>Receives a line for each run.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>The real sequences of a seed, [n][T] tokens.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="count">n.</param>
    public static int[][] Draw(int seed, int count = Sequences)
    {
        var (source, random) = (MarkovSource.Law(Length), new Random(seed));
        return [.. Enumerable.Range(0, count).Select(_ => source.Sample(random))];
    }

    /// <summary>Sequences as one-hot numbers.</summary>
    /// <param name="sequences">[n][T] tokens.</param>
    /// <returns>float32 [n, T, 5]; the caller disposes it.</returns>
    public static Tensor OneHot(IReadOnlyList<int[]> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        float[,,] codes = new float[sequences.Count, Length, MarkovSource.Tokens];
        for (int i = 0; i < sequences.Count; i++)
        {
            for (int t = 0; t < Length; t++)
                codes[i, t, sequences[i][t]] = 1;
        }
        return tensor(codes);
    }

    /// <summary>The exact law of a recurrent generator: all its prefixes.</summary>
    /// <param name="generator">The network.</param>
    public static SequenceLaw Law(SequenceGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var logits = generator.PrefixLogits();
        double[] flat = logits.data<double>().ToArray();
        double[,] table = new double[flat.Length / generator.Tokens, generator.Tokens];
        Buffer.BlockCopy(flat, 0, table, 0, flat.Length * sizeof(double));
        return SequenceLaw.Tree(table, generator.Length);
    }

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="methods">Rows by name.</param>
    /// <param name="seeds">The seeds to run each row with.</param>
    public void Run(IReadOnlyList<string> methods, IReadOnlyList<int> seeds) =>
        RecordedText.Complete(results, methods, seeds, Steps, Run, (name, run) => Log(string.Create(CultureInfo.InvariantCulture,
            $"{name}: KL {run.End.Kl:F4}, reverse {run.End.ReverseKl:F4}, {run.Seconds:F0} s")));

    /// <summary>The settings of a row.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">No such row.</exception>
    public SequenceGanConfig Config(string method, int seed)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method == Likelihood)
            return new(SequenceMethod.MaximumLikelihood) { Steps = Steps, Seed = seed };
        foreach (var (name, game) in Games)
        {
            if (method.StartsWith(name, StringComparison.Ordinal))
            {
                return method == name
                    ? new(game) { Steps = Steps, Seed = seed }
                    : new(game) { Steps = Steps / 2, Seed = seed, Pretraining = PretrainingSteps };
            }
        }
        throw new ArgumentException($"'{method}' is none of {string.Join("; ", Methods)}", nameof(method));
    }

    /// <summary>Computes one run.</summary>
    /// <param name="method">A row by name.</param>
    /// <param name="seed">The seed.</param>
    public RecordedText Run(string method, int seed)
    {
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        var source = MarkovSource.Law(Length);
        int[][] text = Draw(seed), validation = Draw(ValidationSeed + seed, ValidationSequences);
        var trajectory = new List<TextEvaluation>();
        SequenceLaw? chosen = null;
        object settings = "";
        if (method == Counting)
        {
            Add(BigramCounts.Of(text, MarkovSource.Tokens), 0, null);
        }
        else
        {
            using var run = new SequenceGan(Config(method, seed), OneHot(text));
            settings = run.Config;
            run.Run(r => Add(Law(r.Generator), r.Step, r.Config.Method == SequenceMethod.MaximumLikelihood ? null : r.Discriminator),
                Math.Max(1, run.Config.Steps / Moments));
        }

        var sweep = Alphas.Select(alpha => Point(source, chosen!, alpha)).ToList();
        string versions = $"TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}, libtorch {__version__}, .NET "
            + $"{Environment.Version}, {get_num_threads()} thread";
        var description = JsonSerializer.SerializeToElement(new
        {
            Length,
            Sequences,
            ValidationSequences,
            Settings = settings,
            Versions = versions
        });
        return new(method, settings is SequenceGanConfig c ? c.Pretraining : 0, seed, sweep, trajectory,
            Math.Round(clock.Elapsed.TotalSeconds, 1), description);

        void Add(SequenceLaw law, int step, SequenceDiscriminator? discriminator)
        {
            var evaluation = Evaluate(source, law, step, discriminator) with
            {
                Validation = validation.Average(x => -law.LogProbability(x)),
            };
            if (trajectory.Count == 0 || evaluation.Validation < trajectory.Min(e => e.Validation))
                chosen = law;
            trajectory.Add(evaluation);
        }
    }

    /// <summary>A law at a temperature on the plane.</summary>
    /// <param name="source">p.</param>
    /// <param name="law">q.</param>
    /// <param name="alpha">1/temperature.</param>
    public static TextTemperature Point(SequenceLaw source, SequenceLaw law, double alpha)
    {
        ArgumentNullException.ThrowIfNull(law);
        var all = SequenceComparison.Of(source, law.Sharpen(alpha));
        return new(alpha, Length * all.Kl, Length * all.ReverseKl);
    }

    /// <summary>A law, and what a discriminator knows about it, summed over all sequences. Without a validation loss.</summary>
    /// <param name="source">p.</param>
    /// <param name="law">q.</param>
    /// <param name="step">The step, for the record.</param>
    /// <param name="discriminator">D, or null.</param>
    public static TextEvaluation Evaluate(SequenceLaw source, SequenceLaw law, int step, SequenceDiscriminator? discriminator)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(law);
        var all = SequenceComparison.Of(source, law);
        int[][] sequences = [.. source.Sequences()];
        double[] logits = new double[sequences.Length];
        if (discriminator is not null)
        {
            using var quiet = no_grad();
            using var scope = NewDisposeScope();
            logits = discriminator.call(OneHot(sequences)).squeeze(1).to(float64).data<double>().ToArray();
        }
        double value = 0, jsd = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            double p = Math.Exp(source.LogProbability(sequences[i])), q = Math.Exp(law.LogProbability(sequences[i])), m = (p + q) / 2;
            value -= p * LogSpace.Softplus(-logits[i]) + q * LogSpace.Softplus(logits[i]);
            jsd += ((p > 0 ? p * Math.Log(p / m) : 0) + (q > 0 ? q * Math.Log(q / m) : 0)) / 2;
        }
        return new(step, Length * all.Kl, Length * all.ReverseKl, Length * all.ModelEntropy, discriminator is null ? 0 : value, jsd, 0);
    }
}
