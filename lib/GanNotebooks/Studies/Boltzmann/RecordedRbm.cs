using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="RbmStudy"/>.</summary>
/// <param name="Setup">Rule, start, images and size.</param>
/// <param name="Seed">Seed of weights, chains and data order.</param>
/// <param name="Epochs">Number of epochs of 60,000 images.</param>
/// <param name="Trajectory">Evaluations during the run.</param>
/// <param name="Forward">Annealed importance sampling from the base to the machine, at the end.</param>
/// <param name="Reverse">From exact samples of the machine back to the base; null where exact samples cannot be drawn.</param>
/// <param name="Parameters">W row by row, b and c at the end, float32 in base 64; null if they are not kept.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedRbm(RbmSetup Setup, int Seed, int Epochs, IReadOnlyList<RbmEvaluation> Trajectory,
    AnnealedImportanceSampling Forward, AnnealedImportanceSampling? Reverse, string? Parameters, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedRbm, RbmEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "mnist-rbm";

    private const int Pixels = 784;

    /// <summary>The evaluation at the end of the run.</summary>
    [JsonIgnore]
    public RbmEvaluation End => Trajectory[^1];

    /// <summary>Reads the runs that come with the repository.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedRbm> All() => Of(Study);

    /// <summary>Returns the trained machine, in float32. The caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The record does not hold the parameters.</exception>
    public BernoulliRbm Machine()
    {
        if (Parameters is null)
            throw new InvalidOperationException($"the record of {Setup.Name}, seed {Seed}, does not hold the parameters");
        var rbm = new BernoulliRbm(Pixels, Setup.Hidden);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = tensor(MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(Parameters)).ToArray());
        long at = 0;
        foreach (var parameter in new[] { rbm.Weights, rbm.VisibleBias, rbm.HiddenBias })
        {
            parameter.copy_(values.narrow(0, at, parameter.numel()).view(parameter.shape));
            at += parameter.numel();
        }
        return rbm;
    }

    /// <summary>Writes the parameters of a machine as text.</summary>
    internal static string Text(BernoulliRbm rbm)
    {
        using var scope = NewDisposeScope();
        var values = cat([rbm.Weights.detach().flatten(), rbm.VisibleBias.detach(), rbm.HiddenBias.detach()]);
        return Convert.ToBase64String(MemoryMarshal.AsBytes<float>(values.data<float>().ToArray()));
    }
}

/// <summary>One evaluation of a <see cref="RecordedRbm"/>. Likelihoods are exact for small machines, and null otherwise.</summary>
/// <param name="Epoch">Number of epochs so far.</param>
/// <param name="LogZ">log Z, in nats.</param>
/// <param name="Test">Mean log-likelihood of the 10,000 test images, in nats.</param>
/// <param name="Training">Mean log-likelihood of the first 10,000 training images, in nats.</param>
/// <param name="ReconstructionError">Squared error of the test images after one mean-field step there and back, summed over pixels.</param>
/// <param name="FreeEnergy">Mean free energy of the test images; log-likelihood = −F − log Z.</param>
public sealed record RbmEvaluation(
    double Epoch, double? LogZ, double? Test, double? Training, double ReconstructionError, double FreeEnergy);
