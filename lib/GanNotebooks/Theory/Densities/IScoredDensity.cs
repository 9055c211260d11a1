namespace GanNotebooks.Theory;

/// <summary>A density on the line that particles can follow: its logarithm and the derivative of that.</summary>
public interface IScoredDensity
{
    /// <summary>log p(x).</summary>
    /// <param name="x">Where.</param>
    /// <returns>-∞ where the density vanishes.</returns>
    double LogDensity(double x);

    /// <summary>The score, d log p / dx.</summary>
    /// <param name="x">Where.</param>
    /// <returns>The slope.</returns>
    double Score(double x);
}
