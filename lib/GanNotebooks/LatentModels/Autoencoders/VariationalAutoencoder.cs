using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// A variational autoencoder (Kingma and Welling 2014): a decoder p(x|z) with z ~ N(0, I), and an encoder q(z|x) = N(μ(x), diag s²(x)),
/// trained together to raise the evidence lower bound, ELBO = E_q log p(x|z) − KL(q(z|x) ‖ p(z)) ≤ log p(x). The expectation is estimated
/// with z = μ + s ε, so that gradients pass through z; the KL has a closed form. All numbers are in nats.
/// </summary>
public sealed class VariationalAutoencoder : nn.Module, ITrainableModel
{
    private const int BlockRows = 1000, BlockNumbers = 4_000_000;
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly MultilayerPerceptron encoder, decoder;
    private readonly Parameter? sharedLogVariance; // [latent], log s² of a linear model's posterior
    private readonly Parameter? noiseLogVariance; // [1], log σ² of a Gaussian decoder

    /// <summary>Builds encoder and decoder, which mirror each other, with PyTorch's default start.</summary>
    /// <param name="inputs">Number of coordinates of a sample, D.</param>
    /// <param name="hidden">Widths of the encoder's hidden layers; the decoder has them in reverse order. Without hidden layers the model
    /// is linear: with a Gaussian decoder it is probabilistic PCA, and one s² serves all samples, as in the exact posterior (Lucas et al.
    /// 2019, section 4).</param>
    /// <param name="latent">Number of latent units.</param>
    /// <param name="likelihood">The distribution p(x|z).</param>
    /// <param name="weights">Source of the initial weights.</param>
    /// <param name="importanceSamples">Number k of samples z for each x in the training loss. With k = 1 it is −ELBO. With more it is
    /// minus the importance-weighted bound L_k (<see cref="ImportanceWeightedBound"/>).</param>
    /// <exception cref="ArgumentException">A size or the variance is not positive.</exception>
    public VariationalAutoencoder(int inputs, IReadOnlyList<int> hidden, int latent, DecoderLikelihood likelihood, Generator weights,
        int importanceSamples = 1) : base(nameof(VariationalAutoencoder))
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(likelihood);
        ArgumentOutOfRangeException.ThrowIfLessThan(importanceSamples, 1);
        if (likelihood is GaussianLikelihood { Variance: var variance } && (!(variance > 0) || !double.IsFinite(variance)))
            throw new ArgumentException($"the variance of the decoder must be positive, got {variance}", nameof(likelihood));
        (Inputs, Latent, Likelihood, ImportanceSamples) = (inputs, latent, likelihood, importanceSamples);
        bool linear = hidden.Count == 0;
        encoder = new MultilayerPerceptron(inputs, hidden, [linear ? latent : 2 * latent]).UniformFanIn(weights);
        decoder = new MultilayerPerceptron(latent, [.. hidden.Reverse()], [inputs]).UniformFanIn(weights);
        if (linear)
            sharedLogVariance = new Parameter(zeros(latent));
        if (likelihood is GaussianLikelihood gaussian)
            noiseLogVariance = new Parameter(full([1], Math.Log(gaussian.Variance), dtype: float32), requires_grad: gaussian.IsLearned);
        RegisterComponents();
    }

    /// <summary>Number of coordinates of a sample, D.</summary>
    public int Inputs { get; }

    /// <summary>Number of latent units.</summary>
    public int Latent { get; }

    /// <summary>The distribution p(x|z).</summary>
    public DecoderLikelihood Likelihood { get; }

    /// <summary>Number k of samples z for each x in the training loss.</summary>
    public int ImportanceSamples { get; }

    /// <summary>σ² of a Gaussian decoder, as it is now; NaN for a Bernoulli decoder.</summary>
    public double NoiseVariance => noiseLogVariance is null ? double.NaN : Math.Exp(noiseLogVariance.to(float64).item<double>());

    /// <inheritdoc/>
    public nn.Module Network => this;

    /// <inheritdoc/>
    public object Settings => new OwnSettings(Likelihood, ImportanceSamples);

    /// <summary>The weight of the decoder's last layer, [D, h]. For a linear model it is W of the probabilistic PCA.</summary>
    public Tensor DecoderWeight => decoder.Linears[^1].weight!;

    /// <summary>Computes the parameters of the posterior q(z|x).</summary>
    /// <param name="samples">[N, ...] with D numbers each.</param>
    /// <returns>Mean μ and log s², [N, latent] each.</returns>
    public (Tensor Mean, Tensor LogVariance) Encode(Tensor samples)
    {
        var output = encoder.call(samples);
        if (sharedLogVariance is not null)
            return (output, sharedLogVariance.expand_as(output));
        return (output.narrow(1, 0, Latent), output.narrow(1, Latent, Latent));
    }

    /// <summary>Maps latent variables to the mean of p(x|z): probabilities of pixels, or μ of a Gaussian.</summary>
    /// <param name="z">[N, latent].</param>
    /// <returns>[N, D].</returns>
    public Tensor Decode(Tensor z) => Likelihood is BernoulliLikelihood ? decoder.call(z).sigmoid() : decoder.call(z);

    /// <summary>Draws z = μ + s ε from the posterior. Gradients pass through z.</summary>
    /// <param name="mean">μ, [N, latent].</param>
    /// <param name="logVariance">log s², [N, latent].</param>
    /// <param name="random">Source of ε.</param>
    /// <returns>[N, latent].</returns>
    public static Tensor Reparametrise(Tensor mean, Tensor logVariance, Generator random)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(logVariance);
        return mean + (logVariance / 2).exp() * empty_like(mean, requires_grad: false).FillNormal(0, 1, random);
    }

    /// <summary>Computes log p(x|z).</summary>
    /// <param name="samples">x, [N, D].</param>
    /// <param name="z">[N, latent].</param>
    /// <returns>[N].</returns>
    public Tensor LogLikelihood(Tensor samples, Tensor z)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var output = decoder.call(z);
        if (noiseLogVariance is null)
            return (samples * output - nn.functional.softplus(output)).sum(1); // log of σ(a)^x (1 − σ(a))^(1 − x)
        return -0.5 * ((samples - output).square().sum(1) / noiseLogVariance.exp() + Inputs * (noiseLogVariance + LogTwoPi));
    }

    /// <summary>Computes KL(N(μ, s²) ‖ N(0, 1)) = ½ (μ² + s² − 1 − log s²) of each unit (Kingma and Welling 2014, appendix B).</summary>
    /// <param name="mean">μ.</param>
    /// <param name="logVariance">log s².</param>
    /// <returns>The same shape.</returns>
    public static Tensor Kl(Tensor mean, Tensor logVariance)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(logVariance);
        return 0.5 * (mean.square() + logVariance.exp() - 1 - logVariance);
    }

    /// <summary>
    /// Estimates the KL from samples instead: the mean of log q(z|x) − log p(z) over z from q. It is unbiased; a single estimate may be
    /// negative.
    /// </summary>
    /// <param name="mean">μ, [N, latent].</param>
    /// <param name="logVariance">log s², [N, latent].</param>
    /// <param name="samples">Number of samples for each row.</param>
    /// <param name="random">Source of ε.</param>
    /// <returns>[N].</returns>
    public static Tensor MonteCarloKl(Tensor mean, Tensor logVariance, int samples, Generator random)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(logVariance);
        using var scope = NewDisposeScope();
        int rows = (int)mean.size(0), atOnce = (int)Math.Clamp(BlockNumbers / mean.numel(), 1, samples);
        var sum = zeros_like(mean.select(1, 0));
        for (int left = samples; left > 0; left -= atOnce)
        {
            using var block = NewDisposeScope();
            int count = Math.Min(left, atOnce);
            var (means, logVariances) = (mean.repeat(count, 1), logVariance.repeat(count, 1)); // [count · N, latent]
            var z = Reparametrise(means, logVariances, random);
            sum = (sum + LogPosteriorOverPrior(z, means, logVariances).view(count, rows).sum(dim: 0)).MoveToOuterDisposeScope();
        }

        return (sum / samples).MoveToOuterDisposeScope();
    }

    /// <summary>Computes both parts of the ELBO with one z for each sample. Gradients pass through both.</summary>
    /// <param name="samples">[N, D].</param>
    /// <param name="random">Source of ε.</param>
    /// <returns>log p(x|z), [N], and the KL, [N]. ELBO = LogLikelihood − Kl.</returns>
    public (Tensor LogLikelihood, Tensor Kl) Elbo(Tensor samples, Generator random)
    {
        var (mean, logVariance) = Encode(samples);
        return (LogLikelihood(samples, Reparametrise(mean, logVariance, random)), Kl(mean, logVariance).sum(1));
    }

    /// <summary>
    /// Computes the importance-weighted bound L_k = E log (1/k) Σ p(x, zᵢ)/q(zᵢ|x) ≤ log p(x) with one draw of k samples for each x
    /// (Burda, Grosse and Salakhutdinov 2016). L_1 is the ELBO; L_k rises with k towards log p(x). Without gradients.
    /// </summary>
    /// <param name="samples">[N, D].</param>
    /// <param name="count">Number of samples of z, k.</param>
    /// <param name="random">Source of ε.</param>
    /// <returns>N numbers, in nats.</returns>
    public double[] ImportanceWeightedBound(Tensor samples, int count, Generator random)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var result = new List<double>((int)samples.size(0));
        foreach (var rows in samples.detach().split(Math.Max(1, Math.Min(BlockRows, BlockNumbers / Inputs))))
        {
            using var inner = NewDisposeScope();
            int atOnce = Math.Clamp((int)(BlockNumbers / rows.numel()), 1, count);
            var (mean, logVariance) = Encode(rows);
            var weights = new List<Tensor>(); // log p(x, z)/q(z|x), [B, k]
            for (int done = 0; done < count; done += atOnce)
            {
                using var block = NewDisposeScope(); // the memory of one block at a time
                weights.Add(LogWeights(rows, mean, logVariance, Math.Min(atOnce, count - done), random).to(float64)
                    .MoveToOuterDisposeScope());
            }
            result.AddRange((cat(weights, 1).logsumexp(1) - Math.Log(count)).cpu().data<double>().ToArray());
        }
        return [.. result];
    }

    /// <summary>Computes the ELBO of a data set and its parts, with one z for each sample.</summary>
    /// <param name="samples">[N, D] with N at least 2.</param>
    /// <param name="random">Source of ε.</param>
    public ElboEvaluation Evaluate(Tensor samples, Generator random)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (likelihoods, means, divergences) = (new List<Tensor>(), new List<Tensor>(), new List<Tensor>());
        foreach (var rows in samples.detach().split(BlockRows))
        {
            using var block = NewDisposeScope();
            var (mean, logVariance) = Encode(rows);
            likelihoods.Add(LogLikelihood(rows, Reparametrise(mean, logVariance, random)).cpu().to(float64).MoveToOuterDisposeScope());
            means.Add(mean.cpu().to(float64, copy: true).MoveToOuterDisposeScope());
            divergences.Add(Kl(mean, logVariance).cpu().to(float64).MoveToOuterDisposeScope());
        }

        var (likelihood, kl) = (cat(likelihoods), cat(divergences)); // [N], [N, latent]
        return new ElboEvaluation(MeanWithError.Mean((likelihood - kl.sum(1)).data<double>().ToArray()),
            likelihood.mean().item<double>(), kl.sum(1).mean().item<double>(), kl.mean([0]).data<double>().ToArray(),
            cat(means).var(dim: 0, unbiased: false).data<double>().ToArray(), (int)samples.size(0));
    }

    /// <summary>
    /// Returns which units have collapsed, (ε, δ)-collapsed in the words of Lucas et al. (2019): their KL to the prior is below ε for at
    /// least 1 − δ of the samples.
    /// </summary>
    /// <param name="samples">[N, D].</param>
    /// <param name="epsilon">ε, in nats.</param>
    /// <param name="delta">δ.</param>
    /// <returns>One value for each unit.</returns>
    public IReadOnlyList<bool> Collapsed(Tensor samples, double epsilon = 0.01, double delta = 0.01)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var below = cat([.. samples.detach().split(BlockRows).Select(rows =>
        {
            var (mean, logVariance) = Encode(rows);
            return Kl(mean, logVariance).lt(epsilon).cpu().to(float64);
        })]);
        return [.. below.mean([0]).data<double>().ToArray().Select(share => share >= 1 - delta)];
    }

    /// <summary>Draws z from the prior and decodes it.</summary>
    /// <param name="count">Number of samples, N.</param>
    /// <param name="random">Source of randomness.</param>
    /// <param name="noise">Whether to draw x from p(x|z), as a sample of the model is; otherwise the mean of p(x|z) is returned, which is
    /// what most figures show.</param>
    /// <returns>[N, D], without gradients. The caller disposes them.</returns>
    public Tensor Sample(int count, Generator random, bool noise = false)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var like = decoder.Linears[0].weight!;
        var mean = Decode(empty([count, Latent], like.dtype, like.device).FillNormal(0, 1, random));
        if (!noise)
            return mean.MoveToOuterDisposeScope();
        var drawn = Likelihood is BernoulliLikelihood
            ? empty_like(mean).FillUniform(0, 1, random).lt(mean).to(mean.dtype)
            : mean + Math.Sqrt(NoiseVariance) * empty_like(mean).FillNormal(0, 1, random);
        return drawn.MoveToOuterDisposeScope();
    }

    /// <summary>Decodes the posterior mean of samples.</summary>
    /// <param name="samples">[N, ...] with D numbers each.</param>
    /// <returns>[N, D], without gradients. The caller disposes them.</returns>
    public Tensor Reconstruct(Tensor samples)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return Decode(Encode(samples).Mean).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the probabilistic PCA that a linear model with a Gaussian decoder is; its log density is exact.</summary>
    /// <exception cref="InvalidOperationException">The model is not linear, or its decoder is not Gaussian.</exception>
    public ProbabilisticPca ToProbabilisticPca()
    {
        RequireLinearGaussian();
        return new ProbabilisticPca(decoder.Linears[0].bias!, DecoderWeight, NoiseVariance);
    }

    /// <summary>
    /// Sets a linear model with a Gaussian decoder to a probabilistic PCA and its exact posterior. If the columns of W are orthogonal, the
    /// exact posterior has the form of q, and the ELBO is equal to log p(x).
    /// </summary>
    /// <param name="model">The model, with as many latent dimensions. Its σ² replaces the one of <see cref="Likelihood"/>.</param>
    /// <exception cref="InvalidOperationException">The model is not linear, or its decoder is not Gaussian.</exception>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void SetTo(ProbabilisticPca model)
    {
        ArgumentNullException.ThrowIfNull(model);
        RequireLinearGaussian();
        if (model.Latent != Latent || model.Dimension != Inputs)
        {
            throw new ArgumentException($"the model maps {model.Latent} numbers to {model.Dimension}, this one {Latent} to {Inputs}",
                nameof(model));
        }
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (shift, covariance) = model.Posterior(zeros(1, Inputs, float64)); // at x = 0: −M⁻¹Wᵀm
        decoder.Linears[0].weight!.copy_(model.Weights);
        decoder.Linears[0].bias!.copy_(model.Mean);
        encoder.Linears[0].weight!.copy_(covariance.matmul(model.Weights.t()) / model.NoiseVariance); // M⁻¹Wᵀ
        encoder.Linears[0].bias!.copy_(shift[0]);
        sharedLogVariance!.copy_(covariance.diagonal().log());
        noiseLogVariance!.fill_(Math.Log(model.NoiseVariance));
    }

    /// <summary>Makes the posterior equal to the prior for every x: all units are collapsed. The decoder stays as it is.</summary>
    public void SetPosteriorToPrior()
    {
        using var noGradient = no_grad();
        encoder.Linears[^1].weight!.zero_();
        encoder.Linears[^1].bias!.zero_();
        sharedLogVariance?.zero_();
    }

    /// <inheritdoc/>
    public Tensor Backward(Tensor batch, Generator random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var rows = batch.flatten(1); // [N, D]
        var loss = ImportanceSamples == 1 ? NegativeElbo(rows, random) : NegativeBound(rows, random);
        loss.backward();
        return loss.detach();
    }

    private Tensor NegativeElbo(Tensor rows, Generator random)
    {
        var (logLikelihood, kl) = Elbo(rows, random);
        return (kl - logLikelihood).mean();
    }

    private Tensor NegativeBound(Tensor rows, Generator random)
    {
        var (mean, logVariance) = Encode(rows);
        return (Math.Log(ImportanceSamples) - LogWeights(rows, mean, logVariance, ImportanceSamples, random).logsumexp(1)).mean();
    }

    // log p(x|z) + log p(z) − log q(z|x) for k samples z of each row, [B, k].
    private Tensor LogWeights(Tensor rows, Tensor mean, Tensor logVariance, int count, Generator random)
    {
        var (x, m, v) = (rows.repeat(count, 1), mean.repeat(count, 1), logVariance.repeat(count, 1)); // [k B, ...]
        var z = Reparametrise(m, v, random);
        return (LogLikelihood(x, z) - LogPosteriorOverPrior(z, m, v)).view(count, -1).t();
    }

    // log q(z|x) − log p(z), [N]; the two log 2π cancel.
    private static Tensor LogPosteriorOverPrior(Tensor z, Tensor mean, Tensor logVariance) =>
        0.5 * (z.square() - (z - mean).square() / logVariance.exp() - logVariance).sum(1);

    private void RequireLinearGaussian()
    {
        if (sharedLogVariance is null || noiseLogVariance is null)
            throw new InvalidOperationException("only a linear model (no hidden layers) with a Gaussian decoder is a probabilistic PCA");
    }

    private sealed record OwnSettings(DecoderLikelihood Likelihood, int ImportanceSamples);
}
