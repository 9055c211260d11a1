using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The Jacobian of the game at the present parameters: the derivative of the vector field v = (−∇_ψ L_D, −∇_θ L_G) by all parameters
/// (ψ, θ) of both players. With simultaneous gradient descent and small rates the players follow v, and the real parts of the eigenvalues
/// say whether they approach an equilibrium (Mescheder et al. 2018, section 2).
/// </summary>
/// <param name="Matrix">The Jacobian, row by row, [P, P], first ψ and then θ.</param>
/// <param name="DiscriminatorParameters">Number of entries of ψ.</param>
public sealed record GameJacobian(double[,] Matrix, int DiscriminatorParameters)
{
    /// <summary>Number of parameters of both players, P.</summary>
    public int Count => Matrix.GetLength(0);

    /// <summary>Computes the Jacobian on one batch by P backward passes through the gradients.</summary>
    /// <param name="trainer">The players, with their losses and penalties; nothing of the run changes.</param>
    /// <param name="real">Samples of the data, [N, ...].</param>
    /// <param name="noise">Noise z, [N, z].</param>
    /// <exception cref="ArgumentException">The players have conditions, or layers in bfloat16.</exception>
    public static GameJacobian Of(Trainer trainer, Tensor real, Tensor noise)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(noise);
        var players = trainer.Players;
        if (players.AreConditional || players.GeneratorParameters.Precision != float32)
            throw new ArgumentException("the Jacobian needs players without conditions, in float32", nameof(trainer));
        using var scope = NewDisposeScope();
        var config = trainer.Config;
        var fake = players.Generate(noise);
        Tensor Critic(Tensor x) => players.Discriminate(x);
        Tensor Packed(Tensor x) => Regularizers.Packing.Pack(x, config.Packing);
        var (onReal, onFake) = (Critic(Packed(real)), Critic(Packed(fake)));
        var loss = config.Loss.Discriminator(onReal, onFake);
        using var random = new Generator((ulong)config.Seed);
        if (config.Penalty?.Value(Critic, Packed(real), Packed(fake), random) is { } penalty)
            loss += penalty;
        Tensor[] psi = [.. players.DiscriminatorParameters.Parameters], theta = [.. players.GeneratorParameters.Parameters];
        var field = cat([Flat(loss, psi), Flat(config.Loss.Generator(onReal, onFake), theta)]); // [P], the negative of v
        int count = (int)field.size(0);
        double[,] matrix = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            using var step = NewDisposeScope();
            var derivative = cat([.. Gradient.Of(field[row], [.. psi, .. theta], retainGraph: true).Select(g => g.flatten())]);
            float[] values = derivative.data<float>().ToArray();
            for (int column = 0; column < count; column++)
                matrix[row, column] = -values[column];
        }
        return new GameJacobian(matrix, (int)psi.Sum(p => p.numel()));
    }

    /// <summary>The eigenvalues of the Jacobian, in no order.</summary>
    public IReadOnlyList<System.Numerics.Complex> Eigenvalues() => EigenvaluesOf(Matrix);

    /// <summary>
    /// The eigenvalues of the map of one step of simultaneous gradient descent, I + diag(η_D, η_G) J. Near an equilibrium the step brings
    /// the players closer in all directions if they lie inside the unit circle.
    /// </summary>
    /// <param name="discriminatorRate">η_D.</param>
    /// <param name="generatorRate">η_G.</param>
    public IReadOnlyList<System.Numerics.Complex> StepEigenvalues(double discriminatorRate, double generatorRate)
    {
        double[,] map = new double[Count, Count];
        for (int row = 0; row < Count; row++)
        {
            double rate = row < DiscriminatorParameters ? discriminatorRate : generatorRate;
            for (int column = 0; column < Count; column++)
                map[row, column] = (row == column ? 1 : 0) + rate * Matrix[row, column];
        }
        return EigenvaluesOf(map);
    }

    private static IReadOnlyList<System.Numerics.Complex> EigenvaluesOf(double[,] matrix)
    {
        using var scope = NewDisposeScope();
        var values = linalg.eigvals(tensor(matrix, float64)); // complex128, [P]
        double[] re = values.real.contiguous().data<double>().ToArray(), im = values.imag.contiguous().data<double>().ToArray();
        return [.. re.Zip(im, (x, y) => new System.Numerics.Complex(x, y))];
    }

    private static Tensor Flat(Tensor loss, Tensor[] by) =>
        cat([.. Gradient.Of(loss, by, retainGraph: true, createGraph: true).Select(g => g.flatten())]);
}
