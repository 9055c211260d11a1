namespace GanNotebooks.Losses;

/// <summary>
/// A loss that is a mean over single logits, with its slopes in closed form: hand-written passes need no graph for it. The tensors of
/// <see cref="IAdversarialLoss"/> remain the definition; a test holds the two together.
/// </summary>
internal interface ISeparableLoss
{
    /// <summary>D's loss on one logit of data, and its derivative.</summary>
    (double Value, double Slope) DiscriminatorOnReal(double logit);

    /// <summary>D's loss on one logit of a fake, and its derivative.</summary>
    (double Value, double Slope) DiscriminatorOnFake(double logit);

    /// <summary>G's loss on one logit of a fake, and its derivative.</summary>
    (double Value, double Slope) GeneratorOnFake(double logit);
}
