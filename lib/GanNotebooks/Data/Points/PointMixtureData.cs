using TorchSharp;

namespace GanNotebooks.Data;

/// <summary>
/// Samples <c>[N, d]</c> from a mixture of round Gaussians at any places. A curve is drawn as many narrow modes along it, so that its
/// density is known in closed form: <see cref="Line"/>, <see cref="Moons"/>, <see cref="Spiral"/>.
/// </summary>
/// <param name="name">The name of the source.</param>
/// <param name="modes">The modes.</param>
/// <param name="seed">The seed.</param>
/// <param name="device">The device of the batches; by default the CPU.</param>
public sealed class PointMixtureData(string name, IReadOnlyList<GaussianMode> modes, long seed = 0, torch.Device? device = null)
    : GaussianModesData(name, modes, seed, device)
{
    private const int AlongCurve = 48;
    private const double Width = 0.1;

    /// <summary>A straight line from (−2, −1.5) to (2, 1.5).</summary>
    public static PointMixtureData Line(long seed = 0) => Curve("line", t => (4 * t - 2, 3 * t - 1.5), seed);

    /// <summary>Two half circles of radius 1.3 that interlock.</summary>
    public static PointMixtureData Moons(long seed = 0) => Curve("two moons", t => t < 0.5
        ? (1.3 * Math.Cos(Math.Tau * t) - 0.65, 1.3 * Math.Sin(Math.Tau * t) - 0.3)
        : (1.3 * Math.Cos(Math.Tau * t) + 0.65, 1.3 * Math.Sin(Math.Tau * t) + 0.3), seed);

    /// <summary>A spiral of one turn and a half that ends at radius 2.2; equal shares of its length have equal mass.</summary>
    public static PointMixtureData Spiral(long seed = 0) => Curve("spiral", t =>
    {
        double along = Math.Sqrt(0.04 + 0.96 * t); // the length of a turn grows with its radius
        return (2.2 * along * Math.Cos(3 * Math.PI * along), 2.2 * along * Math.Sin(3 * Math.PI * along));
    }, seed);

    /// <summary>Equal modes with σ = 0.1 at the given places, such as the points of a drawing.</summary>
    /// <param name="points">At least one place.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="name">The name of the source.</param>
    public static PointMixtureData At(IReadOnlyList<(double X, double Y)> points, long seed = 0, string name = "drawing")
    {
        ArgumentNullException.ThrowIfNull(points);
        return new PointMixtureData(name, [.. points.Select(p => new GaussianMode(1.0 / points.Count, [p.X, p.Y], Width))], seed);
    }

    private static PointMixtureData Curve(string name, Func<double, (double X, double Y)> at, long seed) =>
        At([.. Enumerable.Range(0, AlongCurve).Select(i => at((i + 0.5) / AlongCurve))], seed, name);
}
