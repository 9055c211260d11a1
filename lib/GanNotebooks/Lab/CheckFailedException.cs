namespace GanNotebooks;

/// <summary>A check was not met. Its table says so already: what a notebook host prints below that is kept to one sentence.</summary>
/// <param name="row">The check.</param>
public sealed class CheckFailedException(CheckRow row) : Exception(
    $"Check failed: {row.Claim}. Expected {row.Expected}{(row.Tolerance.Length > 0 ? $" (tolerance {row.Tolerance})" : "")}, got {row.Got}. Because: {row.Reason}")
{
    private static readonly string[] Machinery = ["GanNotebooks.Check", "Microsoft.", "System."];

    /// <summary>The check.</summary>
    public CheckRow Row { get; } = row;

    /// <summary>The calls that led to the check, without those of the library and of the script engine.</summary>
    public override string? StackTrace => base.StackTrace is { } frames
        ? string.Join('\n', frames.Split('\n').Select(frame => frame.TrimEnd('\r')).Where(IsReaders))
        : null;

    /// <summary>The message: .NET Interactive shows this text, and a stack would push the table out of sight.</summary>
    public override string ToString() => Message;

    private static bool IsReaders(string frame) =>
        frame.TrimStart() is ['a', 't', ' ', .. var call] && !Machinery.Any(name => call.StartsWith(name, StringComparison.Ordinal));
}
