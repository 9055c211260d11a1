namespace GanNotebooks.Training;

/// <summary>Another process is writing to the run's folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="cause">What opening its lock said.</param>
public sealed class RunInUseException(string folder, Exception? cause = null)
    : IOException($"{folder} is in use: another process is still training this run. Wait for it, or end it; killing `dotnet run` leaves the process `workbook`, which it started, alive.", cause);
