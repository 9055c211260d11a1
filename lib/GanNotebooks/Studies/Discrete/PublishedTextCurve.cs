namespace GanNotebooks.Studies;

/// <summary>A published curve of a model of text over temperatures, and where it was read.</summary>
/// <param name="Model">Name of the model, and what its settings were chosen by.</param>
/// <param name="File">Its two files are csv/oracle/{File}_test.csv and csv/oracle/{File}_oracle.csv.</param>
/// <param name="Points">Nine to twelve points of the curve in the order of α, with the point nearest to α = 1 and the one of the least
/// sum.</param>
/// <remarks>
/// M. Caccia and others, "Language GANs falling short", ICLR 2020, arXiv 1811.02549. The benchmark is SeqGAN's: the source is an LSTM with
/// random weights, a text has 20 tokens of 5,000 words. The numbers are facts, read at commit e6be915 of
/// github.com/pclucas14/GansFallingShort and rounded to three decimals. Column Step of a file is 100·α, column Value is in nats per
/// token. For CoT it is the file that the authors' own figure reads, from α = 0.7 on; the older cot_*.csv has NLL-test 7.570 and
/// NLL-oracle 9.378 at α = 1.01. The files of SeqGAN, LeakGAN and CoT have no α = 1. LeakGAN's NLL-test is not a number above 1.01.
/// </remarks>
public sealed record PublishedTextCurve(string Model, string File, IReadOnlyList<PublishedTextPoint> Points)
{
    /// <summary>The eight curves.</summary>
    public static IReadOnlyList<PublishedTextCurve> All { get; } =
    [
        new("maximum likelihood, tuned on NLL-oracle", "mle_cvo",
        [
            new(0.70, 8.363, 8.831), new(0.76, 8.571, 8.612), new(0.85, 8.928, 8.294), new(1.00, 9.629, 7.836), new(1.15, 10.435, 7.459),
            new(1.30, 11.319, 7.159), new(1.51, 12.650, 6.885), new(1.75, 14.261, 6.661), new(1.99, 15.932, 6.515),
            new(2.26, 17.857, 6.414), new(2.50, 19.595, 6.362),
        ]),
        new("maximum likelihood, tuned on NLL-test", "mle_cvt",
        [
            new(0.70, 7.598, 10.031), new(0.85, 7.579, 9.721), new(1.00, 7.610, 9.400), new(1.15, 7.687, 9.052), new(1.30, 7.808, 8.647),
            new(1.51, 8.044, 8.052), new(1.75, 8.400, 7.246), new(1.99, 8.835, 6.526), new(2.20, 9.270, 5.990), new(2.26, 9.403, 5.909),
            new(2.50, 9.964, 5.533),
        ]),
        new("maximum likelihood, tuned on the sum", "mle_cvot",
        [
            new(0.70, 7.645, 9.317), new(0.85, 7.805, 8.820), new(1.00, 8.056, 8.276), new(1.15, 8.390, 7.751), new(1.33, 8.883, 7.149),
            new(1.51, 9.461, 6.665), new(1.75, 10.333, 6.181), new(1.99, 11.291, 5.872), new(2.26, 12.440, 5.646),
            new(2.50, 13.506, 5.528),
        ]),
        new("RL-GAN, tuned on the sum", "gan_cvot",
        [
            new(0.70, 7.735, 9.742), new(0.85, 7.854, 9.285), new(1.00, 8.062, 8.754), new(1.15, 8.350, 8.166), new(1.30, 8.710, 7.587),
            new(1.51, 9.316, 6.836), new(1.75, 10.124, 6.237), new(1.99, 11.021, 5.833), new(2.26, 12.109, 5.598),
            new(2.50, 13.124, 5.436),
        ]),
        new("RL-GAN, tuned on NLL-oracle", "gan_cvo",
        [
            new(0.70, 14.172, 7.287), new(0.85, 17.153, 7.213), new(1.00, 20.150, 7.196), new(1.15, 23.152, 7.196),
            new(1.30, 26.156, 7.196), new(1.51, 30.364, 7.196), new(1.75, 35.176, 7.196), new(1.99, 39.989, 7.196),
            new(2.26, 45.405, 7.196), new(2.50, 50.220, 7.196),
        ]),
        new("SeqGAN", "seqgan",
        [
            new(0.50, 7.920, 10.588), new(0.62, 8.116, 10.328), new(0.71, 8.313, 10.156), new(0.86, 8.720, 9.872), new(1.01, 9.215, 9.617),
            new(1.16, 9.784, 9.359), new(1.31, 10.412, 9.168), new(1.49, 11.232, 8.924), new(1.76, 12.557, 8.641),
            new(2.00, 13.797, 8.426), new(2.24, 15.070, 8.270), new(2.48, 16.355, 8.126),
        ]),
        new("LeakGAN", "leakgan",
        [
            new(0.50, 8.527, 10.927), new(0.56, 8.755, 10.880), new(0.62, 9.013, 10.823), new(0.68, 9.298, 10.786),
            new(0.74, 9.609, 10.755), new(0.80, 9.944, 10.696), new(0.86, 10.300, 10.674), new(0.92, 10.675, 10.654),
            new(1.01, 11.271, 10.591),
        ]),
        new("CoT", "cot_fixed_nll",
        [
            new(0.70, 7.618, 10.209), new(0.85, 7.568, 9.895), new(0.99, 7.570, 9.504), new(1.15, 7.624, 9.078), new(1.30, 7.728, 8.614),
            new(1.51, 7.955, 7.955), new(1.75, 8.317, 7.272), new(1.90, 8.591, 6.924), new(1.99, 8.771, 6.753), new(2.26, 9.368, 6.334),
            new(2.38, 9.658, 6.197),
        ]),
    ];

    /// <summary>The point nearest to α = 1.</summary>
    public PublishedTextPoint Plain => Points.MinBy(p => Math.Abs(p.Alpha - 1))!;

    /// <summary>The point where NLL-test and NLL-oracle have the least sum.</summary>
    public PublishedTextPoint Best => Points.MinBy(p => p.NllTest + p.NllOracle)!;
}

/// <summary>A model of text at one temperature.</summary>
/// <param name="Alpha">α: the logits are multiplied by it, so more than 1 is sharper.</param>
/// <param name="NllTest">E_p[−log q] in nats per token: what is missing.</param>
/// <param name="NllOracle">E_q[−log p] in nats per token: what is wrong.</param>
public sealed record PublishedTextPoint(double Alpha, double NllTest, double NllOracle);
