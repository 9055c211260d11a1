using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// Makes a generator of an <see cref="Autoencoder"/>: a Gaussian is fitted to the codes of a data set, and codes that are drawn from it are
/// decoded. Nothing in the training of the autoencoder made the codes Gaussian, and the samples show it.
/// </summary>
public sealed class CodeSampler : IDisposable
{
    private readonly Autoencoder autoencoder;
    private readonly Tensor root; // [code, code], C = root rootᵀ

    /// <summary>Fits mean and covariance of the codes.</summary>
    /// <param name="autoencoder">A trained autoencoder; the sampler does not dispose it.</param>
    /// <param name="data">The data whose codes are fitted, [N, D].</param>
    public CodeSampler(Autoencoder autoencoder, Tensor data)
    {
        ArgumentNullException.ThrowIfNull(autoencoder);
        this.autoencoder = autoencoder;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Codes = PrincipalComponents.Of(autoencoder.Encode(data));
        root = (Codes.Directions * tensor(Codes.Eigenvalues.Select(Math.Sqrt).ToArray(), float64)).DetachFromDisposeScope();
    }

    /// <summary>Mean, variances and directions of the codes.</summary>
    public PrincipalComponents Codes { get; }

    /// <summary>Draws codes from the fitted Gaussian and decodes them.</summary>
    /// <param name="count">Number of samples, N.</param>
    /// <param name="random">Source of randomness.</param>
    /// <returns>[N, D], without gradients. The caller disposes them.</returns>
    public Tensor Sample(int count, Generator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var normal = empty([count, Codes.Dimension], float64).FillNormal(0, 1, random);
        return autoencoder.Decode((normal.matmul(root.t()) + Codes.Mean).to(autoencoder.DecoderWeight)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Codes.Dispose();
        root.Dispose();
    }
}
