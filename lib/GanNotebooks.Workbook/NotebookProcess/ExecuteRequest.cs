namespace GanNotebooks.Workbook.Execution;

/// <summary>What the parent tells the child on its first line of input.</summary>
/// <param name="Setup">What <c>#!import setup.csx</c> runs.</param>
/// <param name="Solutions">Solved exercise cells to run instead of the open ones, or null.</param>
/// <param name="Root">The clone; stripped from everything that is written.</param>
internal sealed record ExecuteRequest(string Notebook, string Setup, string? Solutions, string Root);
