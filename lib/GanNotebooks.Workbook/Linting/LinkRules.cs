using GanNotebooks.Workbook.Notebooks;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Relative links and pictures lead to files that are there.</summary>
internal sealed class LinkRules : ILintRules
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().Build();

    public IEnumerable<Finding> Check(LintSubject subject) =>
        from cell in subject.Notebook.MarkdownCells
        from target in Broken(cell.Source, subject.Notebook.Folder)
        select new Finding(LintRule.Link, cell.Label, $"the link to {target} leads nowhere");

    /// <summary>The pages of the repository whose links are checked: those at its root, of the course, of docs/ and of data/.</summary>
    public static IEnumerable<string> Pages(Repository repository) =>
        from folder in new[] { "", "notebooks", "docs", "data", "data/results" }
        let path = Path.Combine(repository.Root, folder)
        where Directory.Exists(path)
        from page in Directory.EnumerateFiles(path, "*.md").Order(StringComparer.Ordinal)
        select page;

    /// <summary>The relative links that lead to no file and no folder. Markdown that is too deep for the parser has none.</summary>
    public static IEnumerable<string> Broken(string markdown, string folder) =>
        from link in Links(markdown)
        let target = (link.Url ?? "").Split('#')[0]
        where target != "" && !target.Contains(':', StringComparison.Ordinal)
        let path = Path.Combine(folder, Uri.UnescapeDataString(target))
        where !File.Exists(path) && !Directory.Exists(path)
        select target;

    private static IEnumerable<LinkInline> Links(string markdown)
    {
        if (!MarkdownShape.IsParsable(markdown))
            return [];
        try
        {
            return Markdown.Parse(markdown, Pipeline).Descendants<LinkInline>();
        }
        catch (ArgumentException)
        {
            return []; // nested too deeply
        }
    }
}
