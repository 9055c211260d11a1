using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Models of a <see cref="CharacterCorpus"/>, character by character: maximum likelihood and GANs, what they write during training, and
/// how much of it is right. A finished run is one file and is not computed again.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/discrete-words</c>.</param>
/// <param name="corpus">The texts.</param>
public sealed class WordStudy(string results, CharacterCorpus corpus)
{
    private const int Moments = 10, Scored = 1000, Kept = 6, Pretraining = 300, SampleSeed = 99;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        ["maximum likelihood", "straight-through GAN", "REINFORCE GAN", "REINFORCE GAN after likelihood", "MaliGAN after likelihood"];

    /// <summary>Updates of the generator.</summary>
    public int Steps { get; init; } = 1500;

    /// <summary>Receives a line for each run.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="methods">Rows by name.</param>
    /// <param name="seeds">The seeds to run each row with.</param>
    public void Run(IReadOnlyList<string> methods, IReadOnlyList<int> seeds) =>
        RecordedWords.Complete(results, methods, seeds, Steps, Run, (name, run) =>
            Log(string.Create(CultureInfo.InvariantCulture, $"{name}: right {run.End.Right:P1}, distinct {run.End.Distinct}, ")
                + string.Create(CultureInfo.InvariantCulture, $"held-out NLL {run.End.HeldOutNll:F2}, {run.Seconds:F0} s")));

    /// <summary>The settings of a row.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">No such row.</exception>
    public SequenceGanConfig Config(string method, int seed)
    {
        ArgumentNullException.ThrowIfNull(method);
        var game = method switch
        {
            "maximum likelihood" => SequenceMethod.MaximumLikelihood,
            "straight-through GAN" => SequenceMethod.GumbelStraightThrough,
            "REINFORCE GAN" or "REINFORCE GAN after likelihood" => SequenceMethod.Reinforce,
            "MaliGAN after likelihood" => SequenceMethod.MaliGan,
            _ => throw new ArgumentException($"'{method}' is none of {string.Join("; ", Methods)}", nameof(method)),
        };
        return new(game)
        {
            Steps = Steps, Seed = seed, GeneratorHidden = 48, DiscriminatorHidden = 48, DiscriminatorSteps = 1,
            Pretraining = method.EndsWith("after likelihood", StringComparison.Ordinal) ? Pretraining : 0,
        };
    }

    /// <summary>Computes one run.</summary>
    /// <param name="method">A row by name.</param>
    /// <param name="seed">The seed.</param>
    public RecordedWords Run(string method, int seed)
    {
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        var (training, heldOut) = (corpus.Encode(corpus.Training), corpus.Encode(corpus.HeldOut));
        using var run = new SequenceGan(Config(method, seed), training);
        var trajectory = new List<WordEvaluation>();
        run.Run(r => trajectory.Add(Evaluate(r, training, heldOut)), Math.Max(1, Steps / Moments));
        string versions = $"TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}, libtorch {__version__}, .NET "
            + $"{Environment.Version}, {get_num_threads()} thread";
        return new(method, seed, trajectory, Math.Round(clock.Elapsed.TotalSeconds, 1),
            JsonSerializer.SerializeToElement(new { Settings = run.Config, Versions = versions }));
    }

    /// <summary>What a generator writes, and its exact likelihoods.</summary>
    /// <param name="run">The run.</param>
    /// <param name="training">The encoded texts to learn from.</param>
    /// <param name="heldOut">The encoded texts that it has not seen.</param>
    public WordEvaluation Evaluate(SequenceGan run, Tensor training, Tensor heldOut)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var random = new Generator(SampleSeed);
        var texts = corpus.Decode(run.Generator.Write(Scored, random));
        var (right, unseen) = (corpus.All.ToHashSet(), corpus.HeldOut.ToHashSet());
        var good = texts.Where(right.Contains).ToList();
        Tensor shown = run.Generator.LogProbability(training), hidden = run.Generator.LogProbability(heldOut);
        return new(run.Step, -shown.mean().item<float>(), -hidden.mean().item<float>(),
            shown.exp().sum().item<float>() + hidden.exp().sum().item<float>(), hidden.exp().sum().item<float>(),
            good.Distinct().Count(), good.Where(unseen.Contains).Distinct().Count(), [.. texts.Take(Kept)]);
    }
}

/// <summary>A recorded run on the texts of a <see cref="CharacterCorpus"/>.</summary>
/// <param name="Method">How the generator learned.</param>
/// <param name="Seed">Seed of weights, batches and samples.</param>
/// <param name="Trajectory">The model during training.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Description">Settings and versions.</param>
public sealed record RecordedWords(string Method, int Seed, IReadOnlyList<WordEvaluation> Trajectory, double Seconds,
    JsonElement Description) : RecordedTrajectory<RecordedWords, WordEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>The last evaluation.</summary>
    public WordEvaluation End => Trajectory[^1];
}

/// <summary>A moment of a run on the texts of a <see cref="CharacterCorpus"/>.</summary>
/// <param name="Step">Updates of the generator, without pretraining.</param>
/// <param name="Nll">Mean −log q of the n texts to learn from, in nats of a text: log n at least.</param>
/// <param name="HeldOutNll">The same for the other texts.</param>
/// <param name="Right">Probability, summed exactly, that the model writes a right text.</param>
/// <param name="RightHeldOut">Probability that it writes a right text that it has not seen.</param>
/// <param name="Distinct">Different right texts among 1,000 samples.</param>
/// <param name="DistinctHeldOut">Those of them that it has not seen.</param>
/// <param name="Samples">The first six samples.</param>
public sealed record WordEvaluation(int Step, double Nll, double HeldOutNll, double Right, double RightHeldOut, int Distinct,
    int DistinctHeldOut, IReadOnlyList<string> Samples);
