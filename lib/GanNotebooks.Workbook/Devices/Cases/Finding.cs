namespace GanNotebooks.Workbook.Devices;

/// <summary>The result of a comparison between a device and the CPU.</summary>
/// <param name="Difference">The largest difference, in the unit of the tolerance; NaN fails.</param>
/// <param name="Note">A remark for the record.</param>
internal sealed record Finding(double Difference, double Tolerance, string Note = "")
{
    public bool Passed => Difference <= Tolerance;

    /// <summary>Counts the values that differ where all must be equal.</summary>
    public static Finding Exactly(long differing, string note = "") => new(differing, 0, note);
}
