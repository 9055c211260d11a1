using GanNotebooks.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class LinearProbeTests
{
    [Theory]
    [InlineData(30, 50)]
    [InlineData(200, 5)]
    public void Fit_SmallProblem_AgreesWithSolvingTheNormalEquationsAndLeavingOneOut(int n, int d)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Problem(n, d, seed: 1);
        var (test, testLabels) = Problem(400, d, seed: 2);
        var probe = LinearProbe.Fit(x, y, test, testLabels);
        double best = LinearProbe.Penalties.MinBy(p => LeaveOneOutError(x, y, p));
        Assert.Equal(best, probe.Penalty);
        Assert.Equal(Accuracy(x, y, test, testLabels, best), probe.Accuracy.Value, 1e-12);
        Assert.Equal((n, d), (probe.Labels, probe.Features));
    }

    [Fact]
    public void Fit_FeaturesThatAreTheLabels_IsPerfect()
    {
        using var scope = NewDisposeScope();
        var y = arange(100, int64) % 4;
        var x = nn.functional.one_hot(y, 4).to(float32);
        Assert.Equal(1, LinearProbe.Fit(x, y, x, y).Accuracy.Value);
    }

    [Fact]
    public void Fit_FeaturesThatSayNothing_IsAsGoodAsGuessing()
    {
        using var scope = NewDisposeScope();
        var (x, test) = (randn([500, 20], generator: new Generator(1)), randn([4000, 20], generator: new Generator(2)));
        var accuracy = LinearProbe.Fit(x, arange(500, int64) % 5, test, arange(4000, dtype: int64) % 5).Accuracy;
        Assert.InRange(accuracy.Value, 0.2 - 4 * accuracy.StandardError, 0.2 + 4 * accuracy.StandardError);
    }

    [Fact]
    public void Fit_ConstantFeature_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Problem(60, 5, seed: 3);
        var (test, testLabels) = Problem(200, 5, seed: 4);
        Tensor With(Tensor t) => cat([t, full([t.shape[0], 1], 7.0)], 1);
        Assert.Equal(LinearProbe.Fit(x, y, test, testLabels).Accuracy, LinearProbe.Fit(With(x), y, With(test), testLabels).Accuracy);
    }

    [Fact]
    public void Fit_WrongShapes_AreRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(zeros(3, 2), zeros([4], int64), zeros(3, 2), zeros([3], int64)));
        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(zeros(3, 2), arange(3, int64), zeros(3, 4), arange(3, int64)));
        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(zeros(3, 2), zeros([3], int64), zeros(3, 2), zeros([3], int64)));
    }

    private static (Tensor X, Tensor Y) Problem(int n, int d, int seed)
    {
        var y = arange(n, int64) % 3;
        var centres = randn([3, d], dtype: float64, generator: new Generator(99)) * 0.6;
        return (centres.index_select(0, y) + randn([n, d], dtype: float64, generator: new Generator((ulong)seed)), y);
    }

    // Standardised as in the probe, by the normal equations, intercept as a column of ones without a penalty.
    private static Tensor Solve(Tensor x, Tensor y, double penalty, double n)
    {
        var ones = cat([x, torch.ones([x.shape[0], 1], float64)], 1);
        var ridge = eye(x.shape[1] + 1, dtype: float64) * n;
        ridge[-1, -1] = tensor(0.0, float64);
        return linalg.solve(ones.t().mm(ones) + ridge * penalty, ones.t().mm(y));
    }

    private static (Tensor X, double Scale) Standardised(Tensor x, Tensor like)
    {
        var (mean, deviation) = (like.mean([0]), like.std(0, unbiased: false));
        var z = (like - mean) / deviation;
        long rank = Math.Min(like.shape[0] - 1, like.shape[1]); // centring costs one
        return ((x - mean) / deviation, z.square().sum().item<double>() / rank);
    }

    private static double LeaveOneOutError(Tensor x, Tensor y, double penalty)
    {
        var (z, scale) = Standardised(x, x);
        var target = nn.functional.one_hot(y, 3).to(float64);
        return Enumerable.Range(0, (int)x.shape[0]).Sum(i =>
        {
            using var scope = NewDisposeScope();
            var keep = arange(x.shape[0], int64).ne(i);
            var w = Solve(z[keep], target[keep], penalty, scale);
            return (target[i] - cat([z[i], torch.ones([1], float64)]).unsqueeze(0).mm(w)).square().sum().item<double>();
        });
    }

    private static double Accuracy(Tensor x, Tensor y, Tensor test, Tensor testLabels, double penalty)
    {
        var ((z, scale), (t, _)) = (Standardised(x, x), Standardised(test, x));
        var w = Solve(z, nn.functional.one_hot(y, 3).to(float64), penalty, scale);
        return cat([t, torch.ones([t.shape[0], 1], float64)], 1).mm(w).argmax(1).eq(testLabels).to(float64).mean().item<double>();
    }
}
