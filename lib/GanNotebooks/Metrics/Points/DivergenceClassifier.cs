using GanNotebooks.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Metrics;

/// <summary>
/// The Jensen-Shannon divergence as a discriminator finds it: trained on one half of the samples, evaluated on the other. On samples that
/// it has not seen, log 2 − (mean softplus(−l(x)) + mean softplus(l(x̃)))/2 is on average a lower bound of the JSD, and the JSD itself for
/// D*.
/// </summary>
/// <param name="Hidden">Width of the two hidden layers (tanh).</param>
/// <param name="Steps">The number of updates.</param>
/// <param name="BatchSize">The number of samples of each kind in a batch.</param>
/// <param name="LearningRate">Adam's, falling along half a cosine to a hundredth.</param>
public sealed record DivergenceClassifier(int Hidden = 32, int Steps = 2000, int BatchSize = 256, double LearningRate = 3e-3)
{
    private const double FinalFraction = 0.01;

    /// <summary>Trains the classifier on one half of the samples and evaluates it on the other.</summary>
    /// <param name="first">[N, d]; the first half trains, the second half evaluates.</param>
    /// <param name="second">[M, d].</param>
    /// <param name="seed">Seed of the weights and of the batches.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is not finite.</exception>
    public JensenShannonEstimate Estimate(Tensor first, Tensor second, int seed = 0)
    {
        JensenShannonEstimate.RequireRows(first, second);
        using var scope = NewDisposeScope();
        var (train1, test1) = Halves(first);
        var (train2, test2) = Halves(second);
        using var random = new Generator((ulong)seed);
        using var classifier = new MultilayerPerceptron((int)first.size(1), [Hidden, Hidden], [1], Activation.Tanh);
        classifier.to(first.device);
        using (var weights = new Generator((ulong)seed))
            classifier.UniformFanIn(weights);
        Train(classifier, train1, train2, random);
        using var noGradient = no_grad();
        double[] gains1 = Gains(classifier, test1, -1), gains2 = Gains(classifier, test2, 1);
        var (mean1, mean2) = (MeanWithError.Mean(gains1), MeanWithError.Mean(gains2));
        double error = Math.Sqrt(mean1.StandardError * mean1.StandardError + mean2.StandardError * mean2.StandardError) / 2;
        return new JensenShannonEstimate(new MeanWithError((mean1 + mean2) / 2, error), 0, Math.Min(gains1.Length, gains2.Length));
    }

    private void Train(MultilayerPerceptron classifier, Tensor first, Tensor second, Generator random)
    {
        using var adam = optim.Adam(classifier.parameters(), LearningRate);
        for (int step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            foreach (var group in adam.ParamGroups)
                group.LearningRate = LearningRate * (FinalFraction + (1 - FinalFraction) * (1 + Math.Cos(Math.PI * step / Steps)) / 2);
            var loss = softplus(-classifier.call(Batch(first, random))).mean() + softplus(classifier.call(Batch(second, random))).mean();
            adam.zero_grad();
            loss.backward();
            adam.step();
        }
    }

    private Tensor Batch(Tensor samples, Generator random) =>
        samples.index_select(0, randint(0, samples.size(0), [BatchSize], int64, generator: random).to(samples.device));

    // log 2 − softplus(sign · l) for each sample: log 2D on data, log 2(1 − D) on fakes.
    private static double[] Gains(MultilayerPerceptron classifier, Tensor samples, int sign) =>
        (Math.Log(2) - softplus(sign * classifier.call(samples).to(float64))).cpu().view(-1).data<double>().ToArray();

    private static (Tensor Train, Tensor Test) Halves(Tensor samples)
    {
        var rows = samples.detach().to(float32);
        NonFiniteSamples.ThrowIfAny(rows, nameof(samples)); // 1e39 is no float32
        long half = rows.size(0) / 2;
        return (rows.narrow(0, 0, half), rows.narrow(0, half, rows.size(0) - half));
    }
}
