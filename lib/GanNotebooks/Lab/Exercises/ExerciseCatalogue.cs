using System.Reflection;
using System.Text.Json;

namespace GanNotebooks;

/// <summary>
/// The exercises of the course, from the file <c>exercises.json</c> that is embedded here. The linter compiles this file, too: it compares
/// the notebooks with the catalogue, and must not load torch.
/// </summary>
internal sealed class ExerciseCatalogue
{
    private readonly Dictionary<string, ExerciseQuestion> questions = [];
    private readonly Dictionary<string, IReadOnlyList<ExerciseQuestion>> notebooks = [];

    private ExerciseCatalogue(JsonElement root)
    {
        foreach (var notebook in root.EnumerateObject())
        {
            notebooks[notebook.Name] = [.. notebook.Value.EnumerateArray().Select(Question)];
            foreach (var question in notebooks[notebook.Name])
                questions.Add(question.Id, question);
        }
    }

    /// <summary>All exercises, in the order of the course.</summary>
    public IEnumerable<ExerciseQuestion> All => questions.Values;

    /// <summary>Reads the embedded file.</summary>
    public static ExerciseCatalogue Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("exercises.json")
            ?? throw new InvalidOperationException("exercises.json is not embedded in this assembly.");
        using var document = JsonDocument.Parse(stream);
        return new ExerciseCatalogue(document.RootElement);
    }

    /// <summary>The exercises of a notebook, by the name of its file without the ending; none for a notebook outside the course.</summary>
    public IReadOnlyList<ExerciseQuestion> Of(string notebook) => notebooks.GetValueOrDefault(notebook, []);

    /// <summary>The exercise with this id, or null.</summary>
    public ExerciseQuestion? FindOrNull(string id) => questions.GetValueOrDefault(id);

    /// <summary>The exercise with this id.</summary>
    /// <exception cref="ArgumentException">There is none; the message says how ids look.</exception>
    public ExerciseQuestion Find(string id) => FindOrNull(id) ?? throw new ArgumentException(
        $"The course has no exercise '{id}'. Ids are those of the printed cells, \"{All.First().Id}\" to \"{All.Last().Id}\".", nameof(id));

    private static ExerciseQuestion Question(JsonElement entry)
    {
        string Text(string name) => entry.GetProperty(name).GetString()!;
        double? Number(string name) => entry.TryGetProperty(name, out var value) ? value.GetDouble() : null;
        double? expected = Number("expected"), tolerance = Number("tolerance");
        return new ExerciseQuestion(Text("id"), Text("claim"), expected,
            Number("low") ?? expected!.Value - tolerance!.Value, Number("high") ?? expected!.Value + tolerance!.Value,
            Text("precision"), Text("reason"), Text("hint"), entry.TryGetProperty("logarithm", out _),
            entry.TryGetProperty("slips", out var slips) ? [.. slips.EnumerateArray().Select(Slip)] : []);
    }

    private static ExerciseSlip Slip(JsonElement entry) =>
        new(entry.GetProperty("answer").GetDouble(), entry.GetProperty("help").GetString()!);
}
