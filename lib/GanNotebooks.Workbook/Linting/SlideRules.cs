using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>The slide metadata of a notebook: a deck can be cut from it, and its minutes can be added up.</summary>
internal sealed class SlideRules : ILintRules
{
    public IEnumerable<Finding> Check(LintSubject subject)
    {
        bool onSlide = false;
        foreach (var cell in subject.Notebook.Cells)
        {
            if (SlideMetadata.NameOf(cell) is { } name && !SlideMetadata.Names.Contains(name))
            {
                yield return new Finding(LintRule.Slides, cell.Label,
                    $"slide_type '{name}' is none of {string.Join(", ", SlideMetadata.Names)}");
            }

            var type = SlideMetadata.Of(cell);
            onSlide |= type is not (SlideType.Notes or SlideType.Skip);
            if (type is SlideType.Notes)
            {
                foreach (string fault in Faults(cell, onSlide))
                    yield return new Finding(LintRule.Slides, cell.Label, fault);
            }
        }
    }

    private static IEnumerable<string> Faults(NotebookCell cell, bool onSlide)
    {
        if (cell.Kind is not CellKind.Markdown)
            yield return "notes for the presenter must be Markdown";
        if (!onSlide)
            yield return "notes for the presenter follow a slide, and there is none before these";
        if (cell.Kind is CellKind.Markdown && !SpeakerNote.IsFolded(cell.Source))
        {
            yield return "an editor shows notes for the presenter to every reader; fold them between "
                + $"`{SpeakerNote.FoldBegins}` and `{SpeakerNote.FoldEnds}`, each in a line of its own";
        }

        if (SpeakerNote.IsMisspelled(cell.Source))
        {
            yield return "the minutes in the first line are not read; write `**3 minutes.**`, "
                + $"with a number up to {SpeakerNote.MinutesAtMost}";
        }
    }
}
