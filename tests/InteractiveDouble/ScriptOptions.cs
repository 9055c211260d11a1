namespace Microsoft.DotNet.Interactive;

/// <summary>Stands in for Roslyn's settings of a script.</summary>
public sealed record ScriptOptions(int WarningLevel)
{
    public ScriptOptions WithWarningLevel(int warningLevel) => this with { WarningLevel = warningLevel };
}
