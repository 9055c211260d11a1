using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Three to six exercises, each with a folded solution; solutions that are code run, word for word.</summary>
internal sealed class ExerciseRules : ILintRules
{
    private const int Fewest = 3;
    private const int Most = 6;

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

        foreach (var cell in section.Cells.Where(cell => IsOpen(cell) && !subject.Solutions.ContainsKey(cell.Id)))
        {
            yield return new Finding(LintRule.Solutions, cell.Label,
                $"exercise cell '{cell.Id}' has no section `// exercise: {cell.Id}` in {file}");
        }
    }

    /// <summary>A cell with a check is for the reader to complete; others prepare the ground.</summary>
    private static bool IsOpen(NotebookCell cell) =>
        cell.Kind is CellKind.Code && ScriptSyntax.UsesMemberOf(ScriptSyntax.Parse(cell.Source), "Check");

    private static string FirstLine(string code) => code.Split('\n')[0];
}
