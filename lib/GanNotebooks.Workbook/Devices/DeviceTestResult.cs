namespace GanNotebooks.Workbook.Devices;

/// <summary>The result of one test. It is a line of JSON between processes, and an entry of the record.</summary>
/// <param name="Difference">The measured difference; null when the test threw or its process died.</param>
internal sealed record DeviceTestResult(string Group, string Name, bool Passed, double? Difference, double? Tolerance, double Seconds,
    string Note);
