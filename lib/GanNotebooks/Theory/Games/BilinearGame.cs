namespace GanNotebooks.Theory;

/// <summary>
/// min over θ, max over ψ of θψ: v = (-ψ, θ), the simplest game whose flow is a rotation. Also the Dirac-GAN with the Wasserstein loss,
/// f(t) = t.
/// </summary>
/// <param name="Name">The name in tables and legends.</param>
/// <param name="Clip">The discriminator's parameter is clipped to [-Clip, Clip] after each of its steps; infinite: not at all.</param>
public sealed record BilinearGame(string Name = "bilinear", double Clip = double.PositiveInfinity) : ISmoothGame
{
    /// <inheritdoc/>
    public GamePoint Field(GamePoint at) => new(-at.Psi, at.Theta);

    /// <inheritdoc/>
    public Matrix2 Jacobian(GamePoint at) => new(0, -1, 1, 0);

    /// <inheritdoc/>
    public GamePoint Project(GamePoint point) => point with { Psi = Math.Clamp(point.Psi, -Clip, Clip) };
}
