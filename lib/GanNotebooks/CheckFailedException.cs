namespace GanNotebooks;

/// <summary>A check was not met.</summary>
/// <param name="row">The check.</param>
public sealed class CheckFailedException(CheckRow row) : Exception(
    $"Check failed: {row.Claim}. Expected {row.Expected}{(row.Tolerance.Length > 0 ? $" (tolerance {row.Tolerance})" : "")}, got {row.Got}. Because: {row.Reason}")
{
    /// <summary>The check.</summary>
    public CheckRow Row { get; } = row;
}
