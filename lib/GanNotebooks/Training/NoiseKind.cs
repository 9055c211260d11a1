namespace GanNotebooks.Training;

/// <summary>The distribution of the noise z that goes into the generator.</summary>
public enum NoiseKind
{
    /// <summary>N(0, I).</summary>
    Normal,

    /// <summary>Uniform on [-1, 1] in each coordinate. (The authors of the first GAN draw from [-√3, √3], of variance 1.)</summary>
    Uniform,
}
