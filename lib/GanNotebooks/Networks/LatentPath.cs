using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>Ways from one noise vector to another.</summary>
public static class LatentPath
{
    private const double Parallel = 1e-6;

    /// <summary>
    /// The straight line (1 − t) a + t b. In high dimensions it leads through vectors much shorter than any that were drawn in training.
    /// </summary>
    /// <param name="from">a, [z].</param>
    /// <param name="to">b, [z].</param>
    /// <param name="points">Number of points, both ends included.</param>
    /// <returns>[points, z]; the caller disposes it.</returns>
    public static Tensor Linear(Tensor from, Tensor to, int points) => Along(from, to, points, t => (1 - t, t));

    /// <summary>
    /// The great circle: sin((1 − t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b with Ω the angle between a and b (Shoemake 1985; for generators White
    /// 2016, "Sampling Generative Networks"). Between vectors of equal length the length stays.
    /// </summary>
    /// <param name="from">a, [z].</param>
    /// <param name="to">b, [z].</param>
    /// <param name="points">Number of points, both ends included.</param>
    /// <returns>[points, z]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The vectors are opposite, so that no great circle is singled out, or one is zero.</exception>
    public static Tensor Spherical(Tensor from, Tensor to, int points)
    {
        Require(from, to, points);
        using var scope = NewDisposeScope();
        double lengths = (from.norm() * to.norm()).item<float>();
        if (lengths == 0)
            throw new ArgumentException("a zero vector has no direction");
        double angle = Math.Acos(Math.Clamp(from.dot(to).item<float>() / lengths, -1, 1));
        if (Math.PI - angle < Parallel)
            throw new ArgumentException("the vectors are opposite: every great circle through one passes through the other");
        var path = angle < Parallel
            ? Linear(from, to, points)
            : Along(from, to, points, t => (Math.Sin((1 - t) * angle) / Math.Sin(angle), Math.Sin(t * angle) / Math.Sin(angle)));
        return path.MoveToOuterDisposeScope();
    }

    private static Tensor Along(Tensor from, Tensor to, int points, Func<double, (double A, double B)> weights)
    {
        Require(from, to, points);
        using var scope = NewDisposeScope();
        var rows = Enumerable.Range(0, points).Select(i => weights((double)i / (points - 1))).Select(w => from * w.A + to * w.B);
        return stack(rows).MoveToOuterDisposeScope();
    }

    private static void Require(Tensor from, Tensor to, int points)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (from.dim() != 1 || !from.shape.SequenceEqual(to.shape))
            throw new ArgumentException($"expected two vectors [z], got {Shape.Text(from.shape)} and {Shape.Text(to.shape)}");
    }
}
