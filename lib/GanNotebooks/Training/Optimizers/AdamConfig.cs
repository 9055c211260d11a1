namespace GanNotebooks.Training;

/// <summary>Settings of the Adam optimiser (Kingma and Ba 2015).</summary>
/// <param name="LearningRate">Step size, α.</param>
/// <param name="Beta1">Decay rate of the mean of the gradients, β₁; 0.5 in DCGAN, 0 in most penalised GANs.</param>
/// <param name="Beta2">Decay rate of the mean of the squared gradients, β₂.</param>
/// <param name="Epsilon">Constant that is added to the square root, ε.</param>
public sealed record AdamConfig(double LearningRate, double Beta1 = 0.5, double Beta2 = 0.999, double Epsilon = 1e-8)
    : OptimizerConfig(LearningRate)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (!(Beta1 >= 0 && Beta1 < 1) || !(Beta2 >= 0 && Beta2 < 1))
            throw new ArgumentException($"β₁ and β₂ must lie in [0, 1), got {Beta1} and {Beta2}");
        if (!(Epsilon > 0))
            throw new ArgumentException($"ε must be positive, got {Epsilon}");
    }

    internal override FlatOptimizer Create(FlatParameters parameters) => new FlatAdam(parameters, this);
}
