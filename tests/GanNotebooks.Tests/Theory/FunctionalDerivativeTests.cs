using GanNotebooks.Theory;
using TorchSharp;

namespace GanNotebooks.Tests.Theory;

/// <summary>Proposition 1 by autograd: the functional derivative δV/δD(x) = p/D − q/(1 − D) of the discretised V.</summary>
public sealed class FunctionalDerivativeTests
{
    private static readonly double[] grid = [.. Enumerable.Range(0, 81).Select(i => -4 + 0.1 * i)];

    public static TheoryData<int> Pairs => TestPairs.Indices(TestPairs.Twenty.Count);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Gradient_AtTheOptimum_IsZeroAndElsewhereTheFormula(int index)
    {
        var (p, q) = TestPairs.Twenty[index];
        var optimal = new OptimalDiscriminator(p, q);
        // where both densities live
        double[] xs = grid.Where(x => p.Pdf(x) > 0 && q.Pdf(x) > 0 && optimal.At(x) is > 1e-9 and < 1 - 1e-9).ToArray();
        double[] atOptimum = Gradient(p, q, xs, optimal.At);
        double[] elsewhere = Gradient(p, q, xs, x => 0.5 + 0.3 * Math.Sin(x));
        for (int i = 0; i < xs.Length; i++)
        {
            var (a, b, y) = (p.Pdf(xs[i]), q.Pdf(xs[i]), 0.5 + 0.3 * Math.Sin(xs[i]));
            // the rounding of D and 1 − D
            Assert.Equal(0, atOptimum[i] / (a + b), 1e-15 / Math.Min(optimal.At(xs[i]), 1 - optimal.At(xs[i])));
            Assert.Equal(a / y - b / (1 - y), elsewhere[i], 1e-13 * (a + b)); // D and 1 − D are at least 0.2
        }
    }

    private static double[] Gradient(Density p, Density q, double[] xs, Func<double, double> discriminator)
    {
        using var scope = torch.NewDisposeScope();
        var d = torch.tensor(xs.Select(discriminator).ToArray(), requires_grad: true);
        var (a, b) = (torch.tensor(xs.Select(p.Pdf).ToArray()), torch.tensor(xs.Select(q.Pdf).ToArray()));
        var value = (a * d.log() + b * (1 - d).log()).sum();
        value.backward();
        return d.grad!.data<double>().ToArray();
    }
}
