using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>The pairs on which every way to C(G) must agree.</summary>
public static class TestPairs
{
    /// <summary>Twenty pairs: different families, unequal variances, mixtures, partly disjoint supports.</summary>
    public static IReadOnlyList<(Density P, Density Q)> Twenty { get; } =
    [
        (new Gaussian(), new Gaussian(0, 3)),
        (new Gaussian(), new Gaussian(1, 0.05)),
        (new Gaussian(-1, 0.5), new Gaussian(2, 1.5)),
        (new Gaussian(), new Laplace(0.5, 1)),
        (new Laplace(), new Laplace(2, 3)),
        (new Laplace(-1, 0.5), new Uniform(-2, 3)),
        (new Uniform(0, 1), new Uniform(0.5, 2)),
        (new Uniform(-1, 2), new Gaussian()),
        (new Triangular(0, 1, 3), new Uniform(0.5, 4)),
        (new Triangular(0, 0, 2), new Triangular(-1, 1, 1)),
        (new Triangular(-1, 0.5, 2), new Gaussian(0.3, 0.8)),
        (new StudentT(3), new Gaussian()),
        (new StudentT(1), new StudentT(5, 1, 2)),
        (new StudentT(2.5, 0.5, 1.5), new Laplace(-0.5, 0.7)),
        (new Beta(2, 3), new Beta(3, 2)),
        (new Beta(0.5, 0.5), new Uniform(0, 1)),
        (new Beta(2, 5), new Triangular(0, 0.5, 1)),
        (new Beta(0.7, 1.5), new Gaussian(0.5, 1)),
        (new Mixture((0.5, new Gaussian(-2, 0.5)), (0.5, new Gaussian(2, 0.5))), new Mixture((0.3, new Gaussian(-1, 0.5)),
            (0.7, new Gaussian(1.5, 0.8)))),
        (new Mixture((0.5, new Uniform(0, 1)), (0.5, new Uniform(2, 3))), new Mixture((0.3, new Laplace(-1, 0.5)),
            (0.7, new StudentT(2, 1.5, 0.8)))),
    ];

    /// <summary>The pairs N(0, 1) against N(t, 1).</summary>
    public static IReadOnlyList<(Density P, Density Q)> ShiftedGaussians { get; } =
        [.. new[] { 0, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 10 }.Select(t => ((Density)new Gaussian(), (Density)new Gaussian(t)))];

    /// <summary>One member of every family.</summary>
    public static IReadOnlyList<Density> Families { get; } =
    [
        new Gaussian(0.5, 2), new Laplace(-1, 0.7), new Uniform(-1, 3), new Triangular(0, 1, 3), new StudentT(5, 1, 2), new StudentT(1),
        new Beta(2, 3), new Beta(0.6, 0.8), new Mixture((0.25, new Gaussian(-3, 0.5)), (0.75, new Laplace(1, 1))),
        new PushForward(new Gaussian(), Math.Exp, Math.Exp), new PushForward(new Uniform(-1, 2), z => z * z, z => 2 * z, 0),
    ];

    public static TheoryData<int> Indices(int count) => [.. Enumerable.Range(0, count)];
}
