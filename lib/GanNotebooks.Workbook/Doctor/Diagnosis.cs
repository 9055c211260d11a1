namespace GanNotebooks.Workbook.Doctor;

/// <summary>One finding of the command doctor.</summary>
/// <param name="Remedy">What the reader should do, as a command if possible; "" when nothing is wrong.</param>
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

    /// <summary>Missing, and most notebooks do not need it.</summary>
    Optional,

    /// <summary>Works, but slower or with less than possible.</summary>
    Warning,

    /// <summary>Notebooks cannot run.</summary>
    Error,
}
