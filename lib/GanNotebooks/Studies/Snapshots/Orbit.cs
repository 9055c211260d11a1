using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// The path of the mean of a cloud of generated points around the origin during a run. It unwraps the angle: a turn by 350° is a turn by
/// −10°, so the steps between two observations must turn the mean by less than half a circle.
/// </summary>
public sealed class Orbit
{
    private const int Samples = 500;

    private readonly List<OrbitPoint> points = [];

    /// <summary>The observations, in order.</summary>
    public IReadOnlyList<OrbitPoint> Points => points;

    /// <summary>Turns around the origin from a step to the end, counter-clockwise positive.</summary>
    /// <param name="step">First step that counts.</param>
    public double NetTurns(int step = 0) => Since(step) is [var first, .., var last] ? last.Turns - first.Turns : 0;

    /// <summary>
    /// Turns from a step to the end in both directions, all counted as positive. It equals |<see cref="NetTurns"/>| if the direction never
    /// changes.
    /// </summary>
    /// <param name="step">First step that counts.</param>
    public double AbsoluteTurns(int step = 0) => Moves(step).Sum(Math.Abs);

    /// <summary>How often the direction changes for more than a part of a turn.</summary>
    /// <param name="step">First step that counts.</param>
    /// <param name="least">The part of a turn that the mean must go back, so that a tremble is no reversal.</param>
    public int Reversals(int step = 0, double least = 0.25)
    {
        int count = 0;
        double direction = 0, farthest = Since(step) is [var first, ..] ? first.Turns : 0;
        foreach (double turns in Since(step).Select(p => p.Turns))
        {
            double move = turns - farthest;
            if (move * direction > 0)
            {
                farthest = turns;
            }
            else if (Math.Abs(move) > least)
            {
                count += direction == 0 ? 0 : 1;
                (direction, farthest) = (Math.Sign(move), turns);
            }
        }
        return count;
    }

    /// <summary>The largest part of a turn between two observations. Above one half the direction would be a guess.</summary>
    /// <param name="step">First step that counts.</param>
    public double LargestMove(int step = 0) => Moves(step).Select(Math.Abs).DefaultIfEmpty().Max();

    /// <summary>Adds the present mean of 500 samples. Use it as the callback of <see cref="Trainer.Run"/>.</summary>
    /// <param name="trainer">A run whose samples are [N, 2].</param>
    /// <exception cref="ArgumentException">A sample is not finite: the run has diverged.</exception>
    public void Observe(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        var samples = trainer.Sample(Samples); // [500, 2]
        NonFiniteSamples.ThrowIfAny(samples, nameof(trainer));
        float[] mean = samples.mean([0]).data<float>().ToArray();
        Add(trainer.Step, mean[0], mean[1], sigmoid(trainer.Discriminate(samples)).mean().item<float>());
    }

    private OrbitPoint[] Since(int step) => [.. points.Where(p => p.Step >= step)];

    private IEnumerable<double> Moves(int step) => Since(step).Zip(Since(step).Skip(1), (before, after) => after.Turns - before.Turns);

    internal void Add(int step, double x, double y, double onFakes)
    {
        double turns = Math.Atan2(y, x) / Math.Tau;
        if (points.Count > 0)
        {
            double move = turns - points[^1].Turns;
            move -= Math.Round(move);
            turns = points[^1].Turns + move;
        }
        points.Add(new OrbitPoint(step, turns, double.Hypot(x, y), onFakes));
    }
}

/// <summary>One observation of an <see cref="Orbit"/>.</summary>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="Turns">Unwrapped angle of the mean, in turns.</param>
/// <param name="Radius">Distance of the mean from the origin.</param>
/// <param name="OnFakes">Mean of D on the samples.</param>
public sealed record OrbitPoint(int Step, double Turns, double Radius, double OnFakes);
