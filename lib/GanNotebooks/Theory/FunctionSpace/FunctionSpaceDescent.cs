namespace GanNotebooks.Theory;

/// <summary>A descent of C in q itself.</summary>
/// <param name="Data">p.</param>
/// <param name="Models">Every q, the start first.</param>
/// <param name="Excesses">C(q) + log 4 = 2 JSD(p, q) of each.</param>
public sealed record FunctionSpaceDescent(double[] Data, IReadOnlyList<double[]> Models, IReadOnlyList<double> Excesses)
{
    /// <summary>The number of steps.</summary>
    public int Steps => Models.Count - 1;

    /// <summary>C(q) of each.</summary>
    public double[] Values => [.. Excesses.Select(excess => SimplexCriterion.Minimum + excess)];

    /// <summary>
    /// The largest rise of C from one step to the next, in units of the last place of log 4, the number that all values are measured from;
    /// at most 0 for a descent.
    /// </summary>
    public double LargestRiseInUlps
    {
        get
        {
            var (unit, values) = (Math.BitIncrement(-SimplexCriterion.Minimum) + SimplexCriterion.Minimum, Values);
            return values.Zip(values.Skip(1), (before, after) => (after - before) / unit).DefaultIfEmpty(0).Max();
        }
    }
}
