namespace GanNotebooks.Training;

/// <summary>What a <see cref="TrainingRecipe"/> trains on.</summary>
public enum RecipeData
{
    /// <summary>Handwritten digits, 28 × 28.</summary>
    Mnist,

    /// <summary>Clothes, 28 × 28.</summary>
    Fashion,

    /// <summary>Three digits as the red, green and blue channel of one image, 28 × 28: a thousand modes.</summary>
    Stacked,

    /// <summary>A ring of 8 Gaussians.</summary>
    Ring,

    /// <summary>A grid of 25 Gaussians.</summary>
    Grid,
}
