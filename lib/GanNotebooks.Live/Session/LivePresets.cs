namespace GanNotebooks.Live;

/// <summary>A run that shows one thing, from a notebook.</summary>
/// <param name="Name">Name in messages and links.</param>
/// <param name="Title">Name for readers.</param>
/// <param name="Text">What to look at.</param>
/// <param name="Notebook">File name of the notebook, without its ending.</param>
/// <param name="Start">Settings at the start.</param>
internal sealed record LivePreset(string Name, string Title, string Text, string Notebook, LiveSetup Start);

/// <summary>The presets of the page.</summary>
internal static class LivePresets
{
    private const int Seed = 2014;

    /// <summary>The names, without what the presets are made of.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["learns", "rotates", "dropped", "cured", "vanishes", "circles", "damped", "digits"];

    /// <summary>All presets.</summary>
    public static IReadOnlyList<LivePreset> All => Lazily.Value;

    private static readonly Lazy<IReadOnlyList<LivePreset>> Lazily = new(() =>
    [
        Of("learns", "It learns", "One bell on the line, with the settings of notebook 01. The curve of q comes to lie near p, and D "
            + "goes to one half where data are.", "01-what-is-a-gan", "bell", ("Steps", "3000"), ("BatchSize", "256"), ("Noise", "Uniform"),
            ("DiscriminatorSteps", "3"), ("FinalLearningRate", "0.02"), ("DiscriminatorOptimizer.LearningRate", "0.002")),
        Of("rotates", "It rotates", "Eight modes on a ring. The cloud of samples moves round the ring as a whole and does not settle.",
            "09-mode-collapse", "ring", (LiveSetup.GeneratorName, "128-128 ReLU"), (LiveSetup.DiscriminatorName, "128-128 ReLU"),
            ("NoiseDimension", "16"), ("DiscriminatorOptimizer.LearningRate", "3E-04"), ("GeneratorOptimizer.LearningRate", "1E-03")),
        Of("dropped", "It drops modes",
            "The same networks, and a generator that learns at a third of D's rate: after some thousand steps the "
            + "samples lie on one to three of the eight modes.",
            "09-mode-collapse", "ring", (LiveSetup.GeneratorName, "128-128 ReLU"), (LiveSetup.DiscriminatorName, "128-128 ReLU"),
            ("NoiseDimension", "16"), ("DiscriminatorOptimizer.LearningRate", "3E-04"), ("GeneratorOptimizer.LearningRate", "1E-04")),
        Of("cured", "A penalty cures it",
            "A relativistic loss and a small penalty on D's slope at data and at samples (R1 and R2), with falling "
            + "rates: all eight modes.",
            "09-mode-collapse", "ring", (LiveSetup.GeneratorName, "128-128 ReLU"), (LiveSetup.DiscriminatorName, "128-128 ReLU"),
            ("Steps", "3000"), ("Loss", "RelativisticPaired"), ("Penalty", "R1R2(0.1)"), ("FinalLearningRate", "0.02"),
            ("DiscriminatorOptimizer", "Adam(0.003, 0, 0.99)"), ("GeneratorOptimizer", "Adam(0.003, 0, 0.99)")),
        Of("vanishes", "The gradient vanishes",
            "D is trained twenty times for each step of G, which has the loss log(1 − D). Show the arrows: "
            + "those of this loss shrink to nothing where D is sure, those of −log D do not.",
            "08-vanishing-gradients", "blobs", ("Loss", "Minimax"), ("DiscriminatorSteps", "20"),
                ("DiscriminatorOptimizer.LearningRate", "3E-03"),
            ("GeneratorOptimizer.LearningRate", "1E-04")),
        Of("circles", "The game turns",
            "Small networks, plain gradient descent, one bell. Show the eigenvalues: a pair with imaginary parts turns "
            + "the players instead of leading them straight on.",
            "06-convergence", "bell", (LiveSetup.GeneratorName, "6 Tanh"), (LiveSetup.DiscriminatorName, "6 Tanh"), ("Loss", "Minimax"),
            ("Order", "Simultaneous"), ("DiscriminatorOptimizer", "Momentum(0.05)"), ("GeneratorOptimizer", "Momentum(0.05)")),
        Of("damped", "A penalty damps it", "The same game with R1, weight 1. Compare the eigenvalues with those of the game without it.",
            "06-convergence", "bell", (LiveSetup.GeneratorName, "6 Tanh"), (LiveSetup.DiscriminatorName, "6 Tanh"), ("Loss", "Minimax"),
            ("Order", "Simultaneous"), ("DiscriminatorOptimizer", "Momentum(0.05)"), ("GeneratorOptimizer", "Momentum(0.05)"),
            ("Penalty", "R1(1)")),
        Of("digits", "Handwritten digits", "A small DCGAN on MNIST, live. The first digits that can be read come after some hundred steps.",
            "10-train-on-cuda", "digits"),
    ]);

    /// <summary>Finds a preset.</summary>
    /// <exception cref="ArgumentException">None has this name.</exception>
    public static LivePreset Named(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"no preset is called '{(name.Length > 40 ? name[..40] : name)}'; there are "
            + string.Join(", ", All.Select(p => p.Name)));

    private static LivePreset Of(string name, string title, string text, string notebook, string target,
        params (string Name, string Value)[] settings)
    {
        var start = LiveSetup.Usual(LiveTarget.Named(target), Seed);
        start = settings.Aggregate(start, (setup, s) => setup.With(s.Name, s.Value));
        return new LivePreset(name, title, text, notebook, start);
    }
}
