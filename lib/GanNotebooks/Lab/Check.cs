namespace GanNotebooks;

/// <summary>
/// Assertions about claims of a notebook's text. Every check shows claim, expected value, found value and tolerance. A check that is not
/// met fails the cell. Checks can be chained, so that one cell shows one table: <c>Check.Near(...).Below(...)</c>. Checks of numbers that
/// were read from a file of the repository are marked: <c>Check.Recorded().Near(...)</c>.
/// </summary>
public static class Check
{
    /// <inheritdoc cref="CheckTable.Recorded"/>
    public static CheckTable Recorded() => new CheckTable().Recorded();

    /// <inheritdoc cref="CheckTable.Near"/>
    public static CheckTable Near(string claim, double expected, double got, double tolerance, string reason) =>
        new CheckTable().Near(claim, expected, got, tolerance, reason);

    /// <inheritdoc cref="CheckTable.Below"/>
    public static CheckTable Below(string claim, double limit, double got, string reason) =>
        new CheckTable().Below(claim, limit, got, reason);

    /// <inheritdoc cref="CheckTable.Above"/>
    public static CheckTable Above(string claim, double limit, double got, string reason) =>
        new CheckTable().Above(claim, limit, got, reason);

    /// <inheritdoc cref="CheckTable.Between"/>
    public static CheckTable Between(string claim, double low, double high, double got, string reason) =>
        new CheckTable().Between(claim, low, high, got, reason);

    /// <inheritdoc cref="CheckTable.Exactly{T}"/>
    public static CheckTable Exactly<T>(string claim, T expected, T got, string reason) =>
        new CheckTable().Exactly(claim, expected, got, reason);

    /// <inheritdoc cref="CheckTable.That"/>
    public static CheckTable That(string claim, bool holds, string reason) => new CheckTable().That(claim, holds, reason);

    /// <inheritdoc cref="CheckTable.OverSeeds"/>
    public static CheckTable OverSeeds(string claim, IEnumerable<int> seeds, Func<int, double> measure, double low, double high,
        int atLeast, string reason) =>
        new CheckTable().OverSeeds(claim, seeds, measure, low, high, atLeast, reason);
}
