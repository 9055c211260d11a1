using System.Text.Json;

namespace GanNotebooks.Studies;

/// <summary>
/// A recorded run on sequences of <see cref="Theory.MarkovSource"/>, with its exact place on the plane during and after training.
/// </summary>
/// <param name="Method">How the generator learned, and whether it was pretrained.</param>
/// <param name="Pretraining">Steps of maximum likelihood before the game.</param>
/// <param name="Seed">Seed of data, weights and samples.</param>
/// <param name="Sweep">The model of the <see cref="Chosen"/> moment at other temperatures.</param>
/// <param name="Trajectory">The model during training.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Description">Settings and versions.</param>
public sealed record RecordedText(string Method, int Pretraining, int Seed, IReadOnlyList<TextTemperature> Sweep,
    IReadOnlyList<TextEvaluation> Trajectory, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedText, TextEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the study, and of its folder below <c>data/results</c>.</summary>
    public const string Study = "discrete-text";

    /// <summary>The last evaluation.</summary>
    public TextEvaluation End => Trajectory[^1];

    /// <summary>
    /// The moment with the smallest loss on validation sequences: early stopping, which everybody may use. <see cref="Sweep"/> is of
    /// this model.
    /// </summary>
    public TextEvaluation Chosen => Trajectory.MinBy(e => e.Validation)!;
}

/// <summary>A moment of a run. Divergences are nats of a whole sequence.</summary>
/// <param name="Step">Updates of the generator, without pretraining.</param>
/// <param name="Kl">KL(p‖q).</param>
/// <param name="ReverseKl">KL(q‖p).</param>
/// <param name="Entropy">H(q).</param>
/// <param name="Discriminator">E_p[log D] + E_q[log(1 − D)] of the trained D, exactly; −log 4 where it knows nothing. The optimal
/// one has 2 JSD − log 4. 0 for methods without a discriminator.</param>
/// <param name="Jsd">JSD(p, q).</param>
/// <param name="Validation">Mean −log q of sequences that were kept for this purpose.</param>
public sealed record TextEvaluation(int Step, double Kl, double ReverseKl, double Entropy, double Discriminator, double Jsd,
    double Validation);

/// <summary>A model at a temperature.</summary>
/// <param name="Alpha">α = 1/temperature.</param>
/// <param name="Kl">KL(p‖q) in nats of a whole sequence.</param>
/// <param name="ReverseKl">KL(q‖p).</param>
public sealed record TextTemperature(double Alpha, double Kl, double ReverseKl);
