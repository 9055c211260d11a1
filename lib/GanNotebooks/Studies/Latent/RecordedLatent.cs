using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.LatentModels;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="LatentStudy"/>. It holds plain numbers.</summary>
/// <param name="Method">Name of the model, one of <see cref="LatentStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Number of updates.</param>
/// <param name="StepsPerEpoch">Number of updates in one epoch.</param>
/// <param name="Trajectory">Evaluations after each epoch; the first is before the training, the last is at the end.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedLatent(string Method, int Seed, int Steps, int StepsPerEpoch,
    IReadOnlyList<LatentEvaluation> Trajectory, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedLatent, LatentEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "latent-models";

    // The weights of the encoder for a pixel that is black in every training image never get a gradient. They keep the values that the
    // seed gave them, and the file leaves them out: it has the columns of the other pixels, whose numbers are in the second tensor.
    internal const string VaeFile = "vae", FirstWeight = "encoder.layers.linear1.weight", Inked = "inked";

    /// <summary>The evaluation at the end of the run.</summary>
    public LatentEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository, ordered by method and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedLatent> All() =>
        [.. Of(Study).OrderBy(r => LatentStudy.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>The evaluation that is nearest to a number of epochs.</summary>
    /// <param name="epochs">Number of epochs.</param>
    public LatentEvaluation At(int epochs) => Trajectory.MinBy(e => Math.Abs(e.Step - epochs * StepsPerEpoch))!;

    /// <summary>
    /// Loads the variational autoencoder that the first recorded run produced. Stored as bfloat16, returned as float32, in evaluation mode.
    /// The caller disposes it.
    /// </summary>
    /// <exception cref="InteropException">The weights are missing or damaged.</exception>
    public static VariationalAutoencoder Vae()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        string folder = Path.Combine(DataFolder.Find(), "pretrained", Study);
        var saved = RecordedWeights.Read(folder, VaeFile, RecordedWeights.Record(folder));
        var model = LatentStudy.CreateVae(seed: 1);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var values = saved[name].to(float32);
            if (name == FirstWeight)
                parameter.index_copy_(1, saved[Inked].to(int64), values);
            else
                parameter.copy_(values);
        }
        model.eval();
        return model;
    }

    internal static Dictionary<string, Tensor> Packed(nn.Module network, Tensor inked)
    {
        var tensors = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.to(bfloat16));
        tensors[FirstWeight] = tensors[FirstWeight].index_select(1, inked).contiguous();
        tensors[Inked] = inked.to(int16);
        return tensors;
    }
}

/// <summary>One evaluation of a <see cref="RecordedLatent"/> on the 10,000 test images, grey pixels in [0, 1].</summary>
/// <param name="Step">Number of updates so far.</param>
/// <param name="Error">Mean squared error per pixel of the reconstructions; a variational autoencoder decodes the posterior mean.</param>
public sealed record LatentEvaluation(int Step, double Error)
{
    /// <summary>The evidence lower bound in nats for each image; NaN for an autoencoder.</summary>
    public double ElboValue { get; init; } = double.NaN;

    /// <summary>Standard error of <see cref="ElboValue"/> over the images.</summary>
    public double ElboError { get; init; } = double.NaN;

    /// <summary>Mean KL to the prior, in nats for each image.</summary>
    public double Kl { get; init; } = double.NaN;

    /// <summary>Mean KL of each latent unit.</summary>
    public IReadOnlyList<double> UnitKl { get; init; } = [];

    /// <summary>Number of active units (<see cref="ElboEvaluation.ActiveUnits"/>).</summary>
    public int ActiveUnits { get; init; }

    /// <summary>The bound L_k on the first test images, in nats for each image.</summary>
    public double BoundValue { get; init; } = double.NaN;

    /// <summary>Standard error of <see cref="BoundValue"/> over the images.</summary>
    public double BoundError { get; init; } = double.NaN;

    /// <summary>The evidence lower bound of the same first test images.</summary>
    public double BoundElbo { get; init; } = double.NaN;

    /// <summary>Number of samples k in L_k.</summary>
    public int BoundSamples { get; init; }

    /// <summary>Number of test images of L_k.</summary>
    public int BoundImages { get; init; }

    /// <summary>Exact mean log density of the test images, for a linear model; NaN for others.</summary>
    public double LogDensity { get; init; } = double.NaN;

    /// <summary>σ² of a Gaussian decoder; NaN for others.</summary>
    public double NoiseVariance { get; init; } = double.NaN;

    /// <summary>The evidence lower bound with its standard error.</summary>
    [JsonIgnore]
    public MeanWithError Elbo => new(ElboValue, ElboError);

    /// <summary>L_k with its standard error.</summary>
    [JsonIgnore]
    public MeanWithError Bound => new(BoundValue, BoundError);
}
