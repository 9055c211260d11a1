namespace GanNotebooks.Workbook.Devices;

/// <summary>How far a device is off.</summary>
/// <param name="Difference">The largest difference, in the unit of the tolerance; NaN fails.</param>
/// <param name="Note">What else was seen.</param>
internal sealed record Finding(double Difference, double Tolerance, string Note = "")
{
    public bool Passed => Difference <= Tolerance;

    /// <summary>For what must be equal: how many differ.</summary>
    public static Finding Exactly(long differing, string note = "") => new(differing, 0, note);
}
