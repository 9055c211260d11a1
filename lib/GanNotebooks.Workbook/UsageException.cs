namespace GanNotebooks.Workbook;

/// <summary>The reader asked for something that cannot be done. The message is one line that says what to do; the exit code is 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
