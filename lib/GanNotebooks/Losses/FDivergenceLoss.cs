using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// The f-GAN game (Nowozin, Cseke and Tomioka 2016): D maximises E_p[T] − E_q[f*(T)] with T = g_f(l), which at its best is D_f(p‖q); G
/// minimises it. A row of the table is a pair of functions of the logit, g_f and f* ∘ g_f, the second simplified so that nothing overflows
/// that need not. <c>Theory.FDivergence</c> has the same rows on numbers.
/// </summary>
public sealed record FDivergenceLoss : IAdversarialLoss
{
    private static readonly double Log2 = Math.Log(2);

    private readonly Func<Tensor, Tensor> onReal, onFake;

    private FDivergenceLoss(string name, Func<Tensor, Tensor> onReal, Func<Tensor, Tensor> onFake) =>
        (Name, this.onReal, this.onFake) = (name, onReal, onFake);

    /// <summary>KL(p‖q): T = l, f*(T) = e^(l − 1).</summary>
    public static FDivergenceLoss KullbackLeibler { get; } = new("KL", l => l, l => exp(l - 1));

    /// <summary>KL(q‖p): T = −e^(−l), f*(T) = l − 1.</summary>
    public static FDivergenceLoss ReverseKullbackLeibler { get; } = new("Reverse KL", l => -exp(-l), l => l - 1);

    /// <summary>Pearson's χ², ∫ (p − q)²/q: T = l, f*(T) = l²/4 + l.</summary>
    public static FDivergenceLoss PearsonChiSquare { get; } = new("Pearson χ²", l => l, l => l.square() / 4 + l);

    /// <summary>∫ (√p − √q)²: T = 1 − e^(−l), f*(T) = e^l − 1.</summary>
    public static FDivergenceLoss SquaredHellinger { get; } = new("Squared Hellinger", l => -expm1(-l), expm1);

    /// <summary>2 JSD(p, q): T = log 2 − softplus(−l), f*(T) = softplus(l) − log 2.</summary>
    public static FDivergenceLoss JensenShannon { get; } = new("Jensen-Shannon", l => Log2 - softplus(-l), l => softplus(l) - Log2);

    /// <summary>2 JSD(p, q) − log 4: T = −softplus(−l), f*(T) = softplus(l). This is <see cref="MinimaxLoss"/>.</summary>
    public static FDivergenceLoss Gan { get; } = new("GAN", l => -softplus(-l), l => softplus(l));

    /// <summary>The six rows, in the order of the paper's table.</summary>
    public static IReadOnlyList<FDivergenceLoss> All { get; } =
        [KullbackLeibler, ReverseKullbackLeibler, PearsonChiSquare, SquaredHellinger, JensenShannon, Gan];

    /// <summary>Name of the row, as in Theory.</summary>
    public string Name { get; }

    /// <summary>
    /// G maximises E_q[T] instead of minimising −E_q[f*(T)] (the paper's section 3.2): what <see cref="NonSaturatingLoss"/> is to the GAN
    /// row.
    /// </summary>
    public bool Alternative { get; init; }

    /// <inheritdoc/>
    public bool GeneratorNeedsReal => false;

    /// <summary>−mean T(l_real) + mean f*(T(l_fake)); minus this is a lower bound of D_f(p‖q).</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return onFake(fake).mean() - onReal(real).mean();
    }

    /// <summary>−mean f*(T(l_fake)), or −mean T(l_fake) with <see cref="Alternative"/>.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return -(Alternative ? onReal(fake) : onFake(fake)).mean();
    }
}
