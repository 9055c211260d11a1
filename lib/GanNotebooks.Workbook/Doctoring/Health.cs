namespace GanNotebooks.Workbook.Doctoring;

internal enum Health
{
    Good,

    /// <summary>Missing, and most of the workbook does without.</summary>
    Optional,

    /// <summary>Works, but not as well as it could.</summary>
    Poor,

    /// <summary>Notebooks cannot run.</summary>
    Bad,
}
