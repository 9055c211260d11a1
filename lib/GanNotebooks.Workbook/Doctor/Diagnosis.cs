namespace GanNotebooks.Workbook.Doctor;

/// <summary>One thing looked at.</summary>
/// <param name="Remedy">What to do about it, as a command where there is one; "" when all is well.</param>
internal sealed record Diagnosis(Health Health, string What, string Found, string Remedy = "")
{
    public static Diagnosis Good(string what, string found) => new(Health.Good, what, found);

    public static Diagnosis Optional(string what, string found, string remedy) => new(Health.Optional, what, found, remedy);

    public static Diagnosis Warning(string what, string found, string remedy) => new(Health.Warning, what, found, remedy);

    public static Diagnosis Error(string what, string found, string remedy) => new(Health.Error, what, found, remedy);
}

internal enum Health
{
    Good,

    /// <summary>Missing, and most of the workbook does without.</summary>
    Optional,

    /// <summary>Works, but not as well as it could.</summary>
    Warning,

    /// <summary>Notebooks cannot run.</summary>
    Error,
}
