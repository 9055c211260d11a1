namespace GanNotebooks.Workbook.Linting;

/// <summary>What `workbook check` looks at. Printed as lower-case words with hyphens.</summary>
internal enum LintRule
{
    /// <summary>Can be read, nbformat 4.5.</summary>
    Format,
    CellKind,
    CellId,
    Metadata,
    Outputs,
    SetupImport,
    LabOpen,
    HostSpecific,
    AbsolutePath,
    Title,
    Claim,
    Opening,
    Time,
    Neighbours,
    CellLength,
    MedianLength,
    ProseRatio,
    CheckPerClaim,
    CheckShown,
    Exercises,
    Solutions,
    Closing,
    Link,
}
