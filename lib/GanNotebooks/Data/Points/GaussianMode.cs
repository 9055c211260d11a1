namespace GanNotebooks.Data;

/// <summary>One round bump of a mixture: w N(c, σ² I).</summary>
/// <param name="Weight">Its share w of the samples, in (0, 1].</param>
/// <param name="Centre">Its centre c, as many coordinates as a sample has.</param>
/// <param name="Sigma">Its standard deviation σ in every direction, positive.</param>
public sealed record GaussianMode(double Weight, double[] Centre, double Sigma);
