using GanNotebooks.LatentModels;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

/// <summary>A machine of three visible and two hidden units, whose numbers were computed independently (enumeration in Python).</summary>
public sealed class EnumeratedRbmTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly BernoulliRbm rbm = Tiny();
    private readonly EnumeratedRbm states;
    private readonly Tensor law;

    public EnumeratedRbmTests()
    {
        states = new EnumeratedRbm(rbm);
        law = states.Law(tensor(new double[,] { { 1, 1, 1 }, { 0, 0, 0 } }));
    }

    public void Dispose()
    {
        states.Dispose();
        scope.Dispose();
    }

    internal static BernoulliRbm Tiny() => BernoulliRbm.Of(new[,] { { 1, -1 }, { 0.5, 0.5 }, { -1, 1 } }, [0.1, -0.2, 0.3], [0.2, -0.1]);

    [Fact]
    public void LogPartition_Tiny_IsItsSum()
    {
        Assert.Equal(4.056908139427395, states.LogPartition(), 12);
        Assert.Equal(4.056908139427395, RbmPartition.Of(rbm).LogZ, 12);
    }

    [Fact]
    public void Likelihood_Tiny_IsItsValue()
    {
        var partition = RbmPartition.Of(rbm);
        Assert.Equal(0.1587052075573843, partition.LogProbability(rbm, ones(1, 3)).exp().item<double>(), 13);
        Assert.Equal(0.1587052075573843, states.Probabilities()[7].item<double>(), 13);
        Assert.Equal(-2.2275397240571, states.MeanLogLikelihood(law), 12);
    }

    [Fact]
    public void LikelihoodGradient_Tiny_IsThatOfDifferences()
    {
        var gradient = states.LikelihoodGradient(law);
        const double h = 1e-6;
        for (int i = 0; i < gradient.shape[0]; i++)
        {
            var direction = zeros_like(gradient);
            direction[i] = 1;
            states.Move(direction, h);
            double up = states.MeanLogLikelihood(law);
            states.Move(direction, -2 * h);
            double down = states.MeanLogLikelihood(law);
            states.Move(direction, h);
            Assert.Equal((up - down) / (2 * h), gradient[i].item<double>(), 8);
        }
    }

    [Theory]
    [InlineData(1, 4.0226e-3, 5e-8)]
    [InlineData(2, 7.2425e-4, 5e-9)]
    [InlineData(5, 6.106e-6, 5e-10)]
    [InlineData(20, 0, 1e-14)]
    public void DivergenceField_MoreSweeps_TendsToTheGradient(int sweeps, double distance, double tolerance) =>
        Assert.Equal(
            distance, (states.DivergenceField(law, sweeps) - states.LikelihoodGradient(law)).abs().max().item<double>(), tolerance);

    [Theory]
    [InlineData(1, 2.938e-3, 5e-7)]
    [InlineData(5, 9.7e-6, 5e-8)]
    [InlineData(50, 0, 1e-10)]
    public void FieldJacobian_FewSweeps_IsNotSymmetric(int sweeps, double largest, double tolerance)
    {
        var jacobian = states.FieldJacobian(law, sweeps);
        Assert.Equal(largest, ((jacobian - jacobian.t()) / 2).abs().max().item<double>(), tolerance);
    }

    [Fact]
    public void Move_ExpectedFields_EndAtDifferentLikelihoods()
    {
        double[] ends = new[] { 0, 10, 1 }.Select(sweeps =>
        {
            using var machine = Tiny();
            using var enumerated = new EnumeratedRbm(machine);
            for (int step = 0; step < 4000; step++)
            {
                using var inner = NewDisposeScope();
                enumerated.Move(sweeps == 0 ? enumerated.LikelihoodGradient(law) : enumerated.DivergenceField(law, sweeps), 0.1);
            }
            return enumerated.MeanLogLikelihood(law);
        }).ToArray();

        Assert.Equal(-0.727522, ends[0], 6);
        Assert.Equal(-0.733552, ends[1], 6);
        Assert.Equal(-1.142652, ends[2], 6);
    }
}
