namespace GanNotebooks.Training;

/// <summary>Which networks a <see cref="TrainingRecipe"/> trains.</summary>
public enum RecipeModel
{
    /// <summary>Fully connected: the networks of 2014 on images, two hidden layers on points.</summary>
    Mlp,

    /// <summary>DCGAN.</summary>
    Dcgan,

    /// <summary>Residual networks without normalisation, relativistic loss, R1 and R2.</summary>
    Residual,
}
