using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Present;

/// <summary>What one run of a cell has shown.</summary>
/// <param name="Cell">The cell with its outputs, as a notebook stores it.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="Failure">Why the cells after it cannot run; null when they can.</param>
internal sealed record CellResult(JsonObject Cell, double Seconds, string? Failure);
