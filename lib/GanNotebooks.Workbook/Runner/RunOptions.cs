namespace GanNotebooks.Workbook.Runner;

/// <summary>The options of a run.</summary>
/// <param name="Timeout">The time limit of a notebook; null derives it from the minutes that the notebook states.</param>
/// <param name="Solutions">Whether solutions run in place of open exercise cells.</param>
internal sealed record RunOptions(
    Repository Repository,
    string Output,
    RunProfile Profile = RunProfile.Quick,
    RunDevice Device = RunDevice.Auto,
    int? Seed = null,
    TimeSpan? Timeout = null,
    bool Solutions = true)
{
    /// <summary>What the executed copies and the reports of the notebooks are called.</summary>
    public OutputNames Names { get; init; } = new([]);

    /// <summary>All notebooks of the book; the report keeps what their earlier runs said.</summary>
    public IReadOnlyList<string> Contents { get; init; } = [];

    /// <summary>How many notebooks run at a time; one that asks for several threads counts as so many.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>A notebook that uses more bytes than this is ended, so that the machine stays usable.</summary>
    public long MemoryLimit
    {
        get => field > 0
            ? field
            : (long)Math.Max(0.85 * MemoryUse.Total / Jobs, Math.Min(0.85 * MemoryUse.Total, MemoryUse.OfOneNotebook));
        init;
    }

    public string ProfileName => Profile.ToString().ToLowerInvariant();

    public string DeviceName => Device.ToString().ToLowerInvariant();

    public string ExecutedFolder => Path.Combine(Output, "notebooks");

    public string ReportPath => Path.Combine(Output, "report.json");
}

internal enum RunProfile
{
    Quick,
    Full,
}

internal enum RunDevice
{
    Auto,
    Cpu,
    Cuda,
}
