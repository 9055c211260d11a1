using System.Globalization;
using System.Text.Json;

namespace GanNotebooks;

/// <summary>
/// The wrong answers that were given so far, each once. They last as long as the kernel; the workbook's own runner hands over those of
/// earlier runs.
/// </summary>
internal sealed class ExerciseTries
{
    private readonly Dictionary<string, HashSet<string>> answers = [];

    /// <summary>Adds a wrong answer.</summary>
    /// <returns>How many different wrong answers this exercise has had, at least 1.</returns>
    public int Add(string id, double answer)
    {
        lock (answers)
        {
            if (!answers.TryGetValue(id, out var given))
                answers[id] = given = [];
            given.Add((answer + 0.0).ToString("R", CultureInfo.InvariantCulture)); // −0 is 0
            return given.Count;
        }
    }

    /// <summary>Reads what the runner hands over, <c>{"04.1": ["0.5", "0.25"]}</c>. Anything else counts as nothing.</summary>
    public static ExerciseTries Parse(string? json)
    {
        var tries = new ExerciseTries();
        try
        {
            foreach (var (id, given) in JsonSerializer.Deserialize<Dictionary<string, string[]?>>(json ?? "{}")!)
                tries.answers[id] = [.. given ?? []];
            return tries;
        }
        catch (JsonException)
        {
            return new ExerciseTries();
        }
    }
}
