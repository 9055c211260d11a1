using GanNotebooks.Losses;
using GanNotebooks.Regularizers;

namespace GanNotebooks.Training;

/// <summary>
/// A loss, a penalty, an optimiser or another part of the settings that has a name, with the parameters that may follow it in brackets:
/// <c>R1(10)</c>, <c>Adam(LearningRate=0.001, Beta1=0)</c>. <see cref="All"/> is the only list of the names.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Note">Short explanation for the help.</param>
/// <param name="Type">Type of the part.</param>
/// <param name="Parameters">Names of the parameters, in their order, and the values that stand for those that are left out.</param>
/// <param name="Create">Function that makes the part from the values of all parameters.</param>
public sealed record NamedSetting(
    string Name, string Note, Type Type, IReadOnlyList<(string Name, double Default)> Parameters,
    Func<IReadOnlyList<double>, object> Create)
{
    private const double UsualRate = 2e-4;

    /// <summary>All names. Where several fit one part, the first one is written.</summary>
    public static IReadOnlyList<NamedSetting> All { get; } =
    [
        Of("NonSaturating", "−log D(G(z)) for G (Goodfellow et al. 2014)", _ => new NonSaturatingLoss()),
        Of("Minimax", "the value function itself (Goodfellow et al. 2014)", _ => new MinimaxLoss()),
        Of("LeastSquares", "squared distances from three targets (Mao et al. 2017)", v => new LeastSquaresLoss(v[0], v[1], v[2]),
            ("FakeTarget", 0), ("RealTarget", 1), ("GeneratorTarget", 1)),
        Of("Hinge", "(Lim and Ye 2017)", _ => new HingeLoss()),
        Of("Wasserstein", "difference of means (Arjovsky et al. 2017)", _ => new WassersteinLoss()),
        Of("RelativisticPaired", "logits compared in pairs (Jolicoeur-Martineau 2019)", _ => new RelativisticPairedLoss()),
        Of("RelativisticAverage", "logits compared with a mean (Jolicoeur-Martineau 2019)", _ => new RelativisticAverageLoss()),
        .. FDivergenceLoss.All.Select(loss => Of(FName(loss), "f-GAN (Nowozin et al. 2016)", _ => loss)),
        Of("ZeroCentered", "weights of R1 and R2 (Mescheder et al. 2018)", v => new ZeroCenteredGradientPenalty(v[0], v[1]),
            ("OnReal", 1), ("OnFake", 0)),
        Of("R1", "zero-centred penalty on data", v => ZeroCenteredGradientPenalty.R1(v[0]), ("gamma", 1)),
        Of("R2", "zero-centred penalty on fakes", v => ZeroCenteredGradientPenalty.R2(v[0]), ("gamma", 1)),
        Of("R1R2", "both, as in R3GAN (Huang et al. 2024)", v => ZeroCenteredGradientPenalty.Both(v[0]), ("gamma", 1)),
        Of("Gradient", "one-centred penalty of WGAN-GP (Gulrajani et al. 2017)", v => new GradientPenalty(v[0]), ("Weight", 10)),
        Of("Dragan", "one-centred penalty near the data (Kodali et al. 2017)", v => new DraganPenalty(v[0]), ("Weight", 10)),
        Of("Adam", "(Kingma and Ba 2015)", v => new AdamConfig(v[0], v[1], v[2], v[3]),
            ("LearningRate", UsualRate), ("Beta1", 0.5), ("Beta2", 0.999), ("Epsilon", 1e-8)),
        Of("Momentum", "gradient descent with momentum (Polyak 1964)", v => new MomentumConfig(v[0], v[1]),
            ("LearningRate", UsualRate), ("Momentum", 0)),
        Of("InstanceNoise", "noise on D's inputs (Sønderby et al. 2017)", v => new InstanceNoise(v[0], v[1]), ("Start", 0.1), ("End", 0)),
        Of("Augmentation", "changes of all images that D sees (Zhao et al. 2020)",
            v => new Augmentation { Translation = v[0], Cutout = v[1], Probability = v[2], Fill = v[3] },
            ("Translation", 0.125), ("Cutout", 0), ("Probability", 1), ("Fill", 0)),
        Of("Adaptive", "the probability of changes, moved during the run (Karras et al. 2020)",
            v => new AdaptiveProbability(v[0], v[1]), ("Target", 0.6), ("ImagesPerUnit", 500_000)),
        Of("Reconstruction", "distance to the real sample of the same condition (Isola et al. 2017)",
            v => new ReconstructionTerm(v[0]), ("Weight", 100)),
        Of("Matching", "samples and conditions find each other in a batch (Zhang et al. 2021)", v => new MatchingTerm(v[0]), ("Weight", 1)),
    ];

    /// <summary>The name with its parameters, such as "R1(gamma=1)".</summary>
    public string Usage => Parameters.Count == 0
        ? Name
        : $"{Name}({string.Join(", ", Parameters.Select(p => FormattableString.Invariant($"{p.Name}={p.Default}")))})";

    /// <summary>The names that a setting of a type can have.</summary>
    public static IEnumerable<NamedSetting> For(Type type) => All.Where(named => type.IsAssignableFrom(named.Type));

    /// <summary>The name that is written for a part; null for a part of a reader's own.</summary>
    internal static string? NameOf(object part) => part is FDivergenceLoss loss
        ? FName(loss)
        : All.FirstOrDefault(named => named.Type == part.GetType())?.Name;

    private static string FName(FDivergenceLoss loss) =>
        "f-" + string.Concat(loss.Name.Replace("χ²", "ChiSquare", StringComparison.Ordinal).Split(' ', '-'));

    private static NamedSetting Of<T>(string name, string note, Func<IReadOnlyList<double>, T> create,
        params IReadOnlyList<(string, double)> parameters) where T : class => new(name, note, typeof(T), parameters, create);
}
