namespace GanNotebooks.Workbook.Book;

/// <param name="Text">Plain text, as search finds it.</param>
/// <param name="Markup">HTML without links, as contents lists show it.</param>
internal sealed record Heading(int Level, string Anchor, string Text, string Markup);
