namespace GanNotebooks.Theory;

/// <summary>
/// What a network without noise predicts when one input has several right answers: the single answer of least expected error.
/// </summary>
/// <remarks>
/// The squared error is least at the mean, the absolute error at a median, channel by channel. Isola, Zhu, Zhou and Efros 2017, section 3.1
/// and 4.2, give this as the reason for grey and blurred predictions.
/// </remarks>
/// <param name="Answer">The best answer, one number for each channel.</param>
/// <param name="ExpectedError">Its expected error, summed over the channels.</param>
public sealed record PointPrediction(IReadOnlyList<double> Answer, double ExpectedError)
{
    /// <summary>The least expected squared error: the mean, with the sum of the variances as error.</summary>
    /// <param name="outcomes">The answers that occur, with probabilities that sum to 1; all with the same number of channels.</param>
    public static PointPrediction Squared(params (double Probability, double[] Value)[] outcomes)
    {
        double[] mean = ByChannel(outcomes, values => values.Sum(v => v.Probability * v.Value));
        return new(mean, Error(outcomes, mean, d => d * d));
    }

    /// <summary>The least expected absolute error: the median of each channel (the lower one where there are two).</summary>
    /// <param name="outcomes">The answers that occur, with probabilities that sum to 1; all with the same number of channels.</param>
    public static PointPrediction Absolute(params (double Probability, double[] Value)[] outcomes)
    {
        double[] median = ByChannel(outcomes, Median);
        return new(median, Error(outcomes, median, Math.Abs));
    }

    private static double Median((double Probability, double Value)[] values)
    {
        double below = 0;
        foreach (var (probability, value) in values.OrderBy(v => v.Value))
        {
            below += probability;
            if (below >= 0.5)
                return value;
        }
        return values.Max(v => v.Value);
    }

    private static double[] ByChannel(
        (double Probability, double[] Value)[] outcomes, Func<(double Probability, double Value)[], double> answer)
    {
        Require.Weights([.. outcomes.Select(o => o.Probability)], nameof(outcomes));
        int channels = outcomes[0].Value.Length;
        if (outcomes.Any(o => o.Value.Length != channels))
            throw new ArgumentException($"all outcomes need {channels} channels.", nameof(outcomes));
        return [.. Enumerable.Range(0, channels).Select(k => answer([.. outcomes.Select(o => (o.Probability, o.Value[k]))]))];
    }

    private static double Error((double Probability, double[] Value)[] outcomes, double[] answer, Func<double, double> error) =>
        outcomes.Sum(o => o.Probability * o.Value.Zip(answer, (v, a) => error(v - a)).Sum());
}
