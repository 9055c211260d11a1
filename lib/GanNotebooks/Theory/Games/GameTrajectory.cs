namespace GanNotebooks.Theory;

/// <summary>The path of a simulated game, ready for a phase portrait.</summary>
public sealed class GameTrajectory
{
    private readonly GamePoint[] points;

    private GameTrajectory(string name, GamePoint[] points) => (Name, this.points) = (name, points);

    /// <summary>Game and integrator, for a legend.</summary>
    public string Name { get; }

    /// <summary>The start and every iterate, steps + 1 points.</summary>
    public IReadOnlyList<GamePoint> Points => points;

    /// <summary>θ of every point.</summary>
    public double[] Thetas => Array.ConvertAll(points, point => point.Theta);

    /// <summary>ψ of every point.</summary>
    public double[] Psis => Array.ConvertAll(points, point => point.Psi);

    /// <summary>The distance of every point from the equilibrium at the origin.</summary>
    public double[] Norms => Array.ConvertAll(points, point => point.Norm);

    /// <summary>The last iterate.</summary>
    public GamePoint Last => points[^1];

    /// <summary>The mean of the iterates, without the start.</summary>
    public GamePoint Average
    {
        get
        {
            var sum = GamePoint.Origin;
            foreach (var point in points.AsSpan(1))
                sum += point;
            return 1.0 / (points.Length - 1) * sum;
        }
    }

    /// <summary>Plays a game.</summary>
    /// <param name="game">The game.</param>
    /// <param name="integrator">The integrator.</param>
    /// <param name="start">The starting point.</param>
    /// <param name="steps">The number of steps (rounds, for alternating schemes), at least 1.</param>
    /// <returns>The path; where the game diverges beyond the range of doubles, its points are infinite or NaN.</returns>
    public static GameTrajectory Run(IGame game, IIntegrator integrator, GamePoint start, int steps)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(integrator);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var points = new GamePoint[steps + 1];
        var state = integrator.Start(game, start);
        points[0] = state.Point;
        for (int n = 1; n <= steps; n++)
        {
            state = integrator.Advance(game, state);
            points[n] = state.Point;
        }

        return new($"{game.Name}, {integrator.Name}", points);
    }
}
