namespace GanNotebooks.Workbook.Runner;

/// <summary>How notebooks are to be run.</summary>
/// <param name="Timeout">Per notebook; null takes it from the notebook's stated minutes.</param>
/// <param name="Solutions">Exercise cells run in their solved form.</param>
internal sealed record RunOptions(
    Repository Repository,
    string Output,
    RunProfile Profile = RunProfile.Quick,
    RunDevice Device = RunDevice.Auto,
    int? Seed = null,
    TimeSpan? Timeout = null,
    bool Solutions = true)
{
    /// <summary>How many notebooks run at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>A notebook that takes more bytes than this is ended before it takes the machine down.</summary>
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
