namespace GanNotebooks.Theory;

/// <summary>Samplers that several families share; all randomness comes from the caller.</summary>
internal static class Sampling
{
    /// <summary>Standard normal, by Box and Muller (one of the pair).</summary>
    public static double Normal(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>Gamma(shape, 1), by Marsaglia and Tsang (2000), with the boost U^(1/shape) below shape 1.</summary>
    public static double Gamma(double shape, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (shape < 1)
            return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = Normal(random);
            double v = Math.Pow(1 + c * z, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * z * z + d * (1 - v + Math.Log(v)))
                return d * v;
        }
    }

    /// <summary>Index drawn with probabilities wᵢ / Σ w.</summary>
    public static int Index(IReadOnlyList<double> weights, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double u = random.NextDouble() * weights.Sum();
        int last = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] == 0)
                continue;
            last = i;
            u -= weights[i];
            if (u < 0)
                break;
        }
        return last;
    }
}
