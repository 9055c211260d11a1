using GanNotebooks.Tests.Theory.References;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Expected values by mpmath 1.3 at 40 digits.</summary>
public sealed class SpecialFunctionsTests
{
    [Theory]
    [InlineData(-3, 1.999977909503001414559)]
    [InlineData(-0.5, 1.520499877813046537683)]
    [InlineData(0.3, 0.6713732405408726)]
    [InlineData(0.99, 0.161491930444630200181)]
    [InlineData(1, 0.1572992070502851306588)]
    [InlineData(2.5, 4.069520174449589395642e-4)]
    [InlineData(10, 2.088487583762544757001e-45)]
    [InlineData(26, 5.663192408856142846476e-296)]
    public void Erfc_KnownPoints_IsRelativelyExact(double x, double expected) =>
        Assert.Equal(1, SpecialFunctions.Erfc(x) / expected, 5e-14);

    [Fact]
    public void LogGamma_RandomPoints_AgreesWithTheReference()
    {
        var random = new Random(8);
        foreach (double x in Enumerable.Range(0, 100).Select(_ => 0.01 + 40 * random.NextDouble()))
            Assert.Equal(BigFixed.LogGamma(BigFixed.From(x)).ToDouble(), SpecialFunctions.LogGamma(x), 1e-13);
    }

    [Fact]
    public void Digamma_AtOneAndOneHalf_IsEulersConstant()
    {
        Assert.Equal(-0.57721566490153286061, SpecialFunctions.Digamma(1), 1e-14);
        Assert.Equal(-0.57721566490153286061 - 2 * Math.Log(2), SpecialFunctions.Digamma(0.5), 1e-14);
    }

    [Fact]
    public void IncompleteBeta_WholeShapes_IsTheBinomialSum()
    {
        Assert.Equal(6 * 0.09 * 0.49 + 4 * 0.027 * 0.7 + 0.0081, SpecialFunctions.IncompleteBeta(0.3, 2, 3), 1e-14);
        Assert.Equal(2 / Math.PI * Math.Asin(Math.Sqrt(0.2)), SpecialFunctions.IncompleteBeta(0.2, 0.5, 0.5), 1e-14);
        Assert.Equal(1, SpecialFunctions.IncompleteBeta(0.8, 5, 1.3) + SpecialFunctions.IncompleteBeta(0.2, 1.3, 5), 1e-14);
    }

    [Fact]
    public void LogSpace_SmallAndLargeArguments_KeepTheirDigits()
    {
        Assert.Equal(1, LogSpace.Log1P(1e-18) / 1e-18, 1e-15);
        Assert.Equal(1, LogSpace.ExpM1(1e-12) / (1e-12 + 0.5e-24), 1e-15);
        Assert.Equal(Math.Exp(0.4) - 1, LogSpace.ExpM1(0.4), 1e-15);
        Assert.Equal(20, LogSpace.Softplus(20), 1e-8);                 // log(σ(−20) + 1e-8) would give 18.2
        Assert.Equal(1, LogSpace.Softplus(-50) / Math.Exp(-50), 1e-14);
        Assert.Equal(50, LogSpace.Softplus(50), 1e-14);
        Assert.Equal(1000 + Math.Log(2), LogSpace.LogAddExp(1000, 1000), 1e-12);
        Assert.Equal(double.NegativeInfinity, LogSpace.LogSumExp([double.NegativeInfinity, double.NegativeInfinity]));
        Assert.Equal(double.NegativeInfinity, LogSpace.LogAddExp(double.NegativeInfinity, double.NegativeInfinity));
        Assert.Equal(3, LogSpace.LogAddExp(double.NegativeInfinity, 3));
        Assert.Equal(1, LogSpace.Sigmoid(-700) / Math.Exp(-700), 1e-14);
    }
}
