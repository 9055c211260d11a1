using System.Diagnostics;

namespace GanNotebooks.Benchmarks;

/// <summary>Times several actions in turn, round by round, so that a busy moment of the machine hits all of them alike.</summary>
internal static class Interleaved
{
    private const int Fewest = 2;

    /// <summary>Median microseconds of one call of each action; after each call the device is waited for.</summary>
    /// <param name="place">The device, the rounds and their limit; the first tenth of those made, at least one, warms up.</param>
    /// <param name="calls">Calls of an action in one round.</param>
    /// <param name="actions">What to time.</param>
    public static double[] Medians(BenchmarkPlace place, int calls, params Action[] actions)
    {
        var times = actions.Select(_ => new List<double>()).ToArray();
        var whole = Stopwatch.StartNew();
        int made = 0;
        for (; made < Math.Max(place.Rounds, Fewest) && (made < Fewest || whole.Elapsed < place.Limit); made++)
        {
            for (int a = 0; a < actions.Length; a++)
            {
                place.Wait();
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < calls; call++)
                {
                    actions[a]();
                    place.Wait();
                }
                times[a].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
            }
        }
        return [.. times.Select(t => Median(t.Skip(Math.Max(1, made / 10))))];
    }

    private static double Median(IEnumerable<double> times)
    {
        double[] ordered = [.. times.Order()];
        return ordered[ordered.Length / 2];
    }
}
