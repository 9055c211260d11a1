using System.Text;

namespace GanNotebooks.Workbook.Runner;

/// <summary>Reads a stream to its end and keeps only the last part, so that memory stays bounded.</summary>
internal sealed class TextTail
{
    private const int Kept = 8192;

    private readonly StringBuilder text = new();

    public async Task ReadAsync(TextReader reader)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            lock (text)
            {
                text.Append(buffer, 0, count);
                if (text.Length > 2 * Kept)
                    text.Remove(0, text.Length - Kept);
            }
        }
    }

    /// <summary>The first lines of what was kept, as one line.</summary>
    public string Summary(int lines = 3)
    {
        lock (text)
        {
            const StringSplitOptions tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
            return string.Join(" | ", text.ToString().Split('\n', tidy).Take(lines));
        }
    }
}
