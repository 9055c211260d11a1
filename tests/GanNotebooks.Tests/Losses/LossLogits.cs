using GanNotebooks.Losses;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Losses;

/// <summary>What the tests of losses share: logits from numbers, values and slopes.</summary>
internal static class LossLogits
{
    public static Tensor Column(params double[] values) => tensor(values).view(-1, 1);

    public static double Value(Func<Tensor, Tensor> loss, double at) => loss(Column(at)).item<double>();

    public static double Slope(Func<Tensor, Tensor> loss, double at)
    {
        var logit = Column(at).requires_grad_(true);
        loss(logit).backward();
        return logit.grad?.item<double>() ?? 0;
    }

    public static IAdversarialLoss[] Zoo =>
    [
        new MinimaxLoss(), new NonSaturatingLoss(), new NonSaturatingLoss { RealLabel = 0.9 }, LeastSquaresLoss.ZeroOne,
        LeastSquaresLoss.PearsonChiSquare,
        new WassersteinLoss(), new HingeLoss(), new RelativisticPairedLoss(), new RelativisticAverageLoss(),
        .. FDivergenceLoss.All, .. FDivergenceLoss.All.Select(f => f with { Alternative = true }),
    ];
}
