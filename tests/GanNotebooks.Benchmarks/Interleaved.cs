using System.Diagnostics;

namespace GanNotebooks.Benchmarks;

/// <summary>Times several actions in turn, round by round, so that a busy moment of the machine hits all of them alike.</summary>
internal static class Interleaved
{
    /// <summary>Median microseconds of one call of each action.</summary>
    /// <param name="rounds">Rounds; the first tenth warms up.</param>
    /// <param name="calls">Calls of an action in one round.</param>
    /// <param name="actions">What to time.</param>
    public static double[] Medians(int rounds, int calls, params Action[] actions)
    {
        var times = actions.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int a = 0; a < actions.Length; a++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < calls; call++)
                    actions[a]();
                if (round >= rounds / 10)
                    times[a].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
            }
        }
        return [.. times.Select(t => t.Order().ElementAt(t.Count / 2))];
    }
}
