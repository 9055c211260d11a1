namespace GanNotebooks.Workbook.Devices;

/// <summary>What came of a test, as a line of JSON between processes and in the record.</summary>
/// <param name="Difference">null when there is no number: it threw, or the process died.</param>
internal sealed record DeviceTestResult(string Group, string Name, bool Passed, double? Difference, double? Tolerance, double Seconds,
    string Note);
