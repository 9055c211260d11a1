using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>
/// Three to six exercises, each with a folded solution; solutions that are code run, word for word. Exercise cells and catalogue match.
/// </summary>
internal sealed class ExerciseRules : ILintRules
{
    private const int Fewest = 3;
    private const int Most = 6;

    private static readonly Lazy<ExerciseCatalogue> Catalogue = new(ExerciseCatalogue.Read);

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var section = subject.Sections.FirstOrDefault(part => part.Title == "Exercises");
        if (section.Cells is null)
        {
            yield return new Finding(LintRule.Exercises, "", "`## Exercises` is missing");
            yield break;
        }

        var solutions = section.Cells.Where(cell => cell.Kind is CellKind.Markdown).SelectMany(cell => Prose.Folds(cell.Source))
            .Where(fold => fold.Summary.Contains("solution", StringComparison.OrdinalIgnoreCase)).ToList();
        if (solutions.Count is < Fewest or > Most)
        {
            yield return new Finding(LintRule.Exercises, "",
                $"{solutions.Count} folded solutions (`<details><summary>Solution</summary>`); {Fewest} to {Most} exercises are asked for");
        }

        string file = $"solutions/{subject.Notebook.Name}.csx";
        var printed = solutions.SelectMany(fold => Prose.CSharpBlocks(fold.Body)).ToList();
        foreach (string? code in printed.Where(code => !subject.Solutions.Values.Contains(code)))
            yield return new Finding(LintRule.Solutions, "", $"the folded solution that starts with `{FirstLine(code)}` is not in {file}");
        foreach (var (id, code) in subject.Solutions)
        {
            if (!section.Cells.Any(cell => cell.Kind is CellKind.Code && cell.Id == id))
            {
                yield return new Finding(LintRule.Solutions, "", $"{file}: there is no exercise cell with id '{id}'");
            }
            else if (!printed.Contains(code))
            {
                yield return new Finding(LintRule.Solutions, "",
                    $"{file}: the solution of '{id}' differs from the folded one in the notebook");
            }
        }

        foreach (var finding in InCatalogue(subject, section.Cells))
            yield return finding;
        var cells = section.Cells.Where(cell => cell.Kind is CellKind.Code && ExerciseCell.IdIn(cell.Source) is not null);
        foreach (var cell in cells.Where(cell => !subject.Solutions.ContainsKey(cell.Id)))
        {
            yield return new Finding(LintRule.Solutions, cell.Label,
                $"exercise cell '{cell.Id}' has no section `// exercise: {cell.Id}` in {file}");
        }
    }

    /// <summary>
    /// Every exercise cell is open and is in the catalogue, under the number of its notebook; the question says how close the answer must
    /// be; and no entry of the catalogue is without a cell.
    /// </summary>
    private static IEnumerable<Finding> InCatalogue(LintSubject subject, IReadOnlyList<NotebookCell> cells)
    {
        var found = new List<string>();
        string text = "";
        foreach (var cell in cells)
        {
            if (cell.Kind is CellKind.Markdown)
                text = cell.Source;
            if (cell.Kind is not CellKind.Code || ExerciseCell.IdIn(cell.Source) is not { } id)
                continue;
            found.Add(id);
            if (!ExerciseCell.IsOpen(cell.Source))
            {
                yield return new Finding(LintRule.Exercises, cell.Label,
                    $"exercise {id}: only `double? name = null;` and `Exercise.Answer(\"{id}\", name)` may stand in its cell");
            }

            var question = Catalogue.Value.FindOrNull(id);
            string precision = $"Answer {question?.Precision}.";
            if (question is null)
                yield return new Finding(LintRule.Exercises, cell.Label, $"exercise {id} is not in exercises.json");
            else if (!text.Contains(precision, StringComparison.Ordinal))
                yield return new Finding(LintRule.Exercises, cell.Label, $"exercise {id}: its question must say \"{precision}\"");
            if (!id.StartsWith(subject.Notebook.Name.Split('-')[0] + ".", StringComparison.Ordinal))
                yield return new Finding(LintRule.Exercises, cell.Label, $"exercise {id} has the number of another notebook");
        }

        foreach (string twice in found.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key))
            yield return new Finding(LintRule.Exercises, "", $"exercise {twice} has two cells");
        foreach (var question in Catalogue.Value.Of(subject.Notebook.Name).Where(question => !found.Contains(question.Id)))
            yield return new Finding(LintRule.Exercises, "", $"exercise {question.Id} of exercises.json has no cell");
    }

    private static string FirstLine(string code) => code.Split('\n')[0];
}
