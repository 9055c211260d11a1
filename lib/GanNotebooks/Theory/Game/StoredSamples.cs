namespace GanNotebooks.Theory;

/// <summary>A generator that stores M samples of the data and hands out one of them at random, each time anew.</summary>
/// <remarks>
/// As long as no stored sample is handed out twice, what it hands out are independent samples of the data. So no test of N draws can tell
/// it from the data better than by the probability of a repetition, unless it knows the store. The birthday argument: Arora, Risteski and
/// Zhang 2018, section 2.
/// </remarks>
public static class StoredSamples
{
    /// <summary>The probability that N draws of M equally likely samples contain a repetition: 1 − Π (1 − i/M), i = 0 … N − 1.</summary>
    /// <param name="draws">N ≥ 0.</param>
    /// <param name="stored">M ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">N is negative or M is below 1.</exception>
    public static double RepetitionProbability(int draws, long stored)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stored, 1);
        if (Require.AtLeast(draws, 0) > stored)
            return 1;
        double log = 0;
        for (int i = 0; i < draws; i++)
            log += LogSpace.Log1P(-(double)i / stored);
        return -LogSpace.ExpM1(log);
    }
}
