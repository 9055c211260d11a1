namespace GanNotebooks.Workbook.Notebooks;

/// <summary>The file is not a notebook that can be read; the message says why in one sentence.</summary>
internal sealed class NotebookFormatException : Exception
{
    public NotebookFormatException()
    {
    }

    public NotebookFormatException(string message)
        : base(message)
    {
    }

    public NotebookFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
