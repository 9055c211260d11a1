namespace GanNotebooks.Plotting;

/// <summary>
/// One colour and one dash for each method, loss, divergence and integrator, in the whole book: whoever has seen R1 once finds it again.
/// Names that are compared in one figure differ in colour; all differ in dash or colour, from each
/// other and from the styles of names that are not here.
/// </summary>
internal static class NamedStyles
{
    /// <summary>The table. Several names of one thing share a line.</summary>
    public static IReadOnlyList<(string[] Names, Style Style)> All { get; } =
    [
        // Methods against collapse
        (["GAN", "plain", "plain GAN"], new("@ink", "solid", "cross")),
        (["PacGAN2"], new("@violet", "solid", "circle")),
        (["PacGAN3"], new("@violet", "longdashdot", "circle-open")),
        (["PacGAN4"], new("@violet", "dashdot", "circle-dot")),
        (["minibatch deviation"], new("@sky", "dash", "triangle-down")),
        (["TTUR", "faster D"], new("@olive", "longdash", "x")),
        (["R1"], new("@green", "dash", "diamond")),
        (["R3"], new("@purple", "dot", "triangle-up")),
        (["SN-hinge"], new("@vermilion", "dashdot", "square")),
        (["WGAN-GP"], new("@brown", "longdashdot", "star")),
        (["unrolled 5", "unrolled"], new("@blue", "dot", "hexagon")),

        // Losses
        (["saturating", "minimax"], new("@vermilion", "solid", "square")),
        (["non-saturating"], new("@blue", "longdash", "circle")),
        (["Wasserstein"], new("@olive", "solid", "x")),
        (["hinge"], new("@purple", "dash", "triangle-up")),
        (["least squares", "least squares (0,1,1)"], new("@green", "longdash", "diamond")),
        (["least squares (−1,1,0)"], new("@green", "dashdot", "diamond-open")),
        (["relativistic", "paired", "relativistic, paired"], new("@violet", "dot", "hexagon")),

        // Networks
        (["trained"], new("@blue", "dash", "square")),
        (["untrained"], new("@muted", "longdash", "star")),

        // Divergences
        (["JSD"], new("@sky", "solid", "triangle-down")),
        (["TV"], new("@vermilion", "longdash", "square")),
        (["W₁"], new("@green", "longdashdot", "diamond")),
        (["KL(p‖q)"], new("@purple", "solid", "triangle-up")),
        (["KL(q‖p)"], new("@purple", "longdashdot", "triangle-up-open")),

        // Models of text
        (["counting"], new("@brown", "dot", "circle-open")),
        (["maximum likelihood"], new("@ink", "dash", "circle")),
        (["Gumbel GAN"], new("@sky", "dot", "x")),
        (["straight-through GAN"], new("@olive", "dot", "triangle-down")),
        (["REINFORCE GAN"], new("@vermilion", "longdashdot", "diamond")),
        (["log-ratio GAN"], new("@purple", "longdash", "square")),
        (["MaliGAN"], new("@blue", "longdashdot", "star")),

        // Integrators of a game
        (["flow"], new("@muted", "solid", "star")),
        (["simultaneous"], new("@vermilion", "dot", "square")),
        (["alternating"], new("@blue", "dashdot", "circle")),
    ];

    private static readonly Dictionary<string, Style> ByName = new(
        All.SelectMany(row => row.Names, (row, name) => KeyValuePair.Create(name, row.Style)), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The style of a name, or of what stands before its first comma, colon or parenthesis; null where the book has none.
    /// </summary>
    public static Style? Find(string name) =>
        ByName.GetValueOrDefault(name.Trim())
        ?? ByName.GetValueOrDefault(name.Split([",", ":", " ("], 2, StringSplitOptions.None)[0].Trim());
}
