using System.Runtime.CompilerServices;
using GanNotebooks.Live;
using GanNotebooks.Runtime;
using GanNotebooks.Training;

namespace GanNotebooks;

/// <summary>Opens the live page from a cell.</summary>
public static class LabPages
{
    private static readonly ConditionalWeakTable<Trainer, LivePage> Opened = [];

    /// <summary>
    /// Opens a page on which a trainer of the cell's trains while the reader watches it and changes it, and shows its link:
    /// <code>lab.OpenLab(trainer)</code>
    /// A page that is already open on this trainer is closed first. <c>workbook run</c> opens none, because nobody looks.
    /// </summary>
    /// <param name="lab">The notebook's lab.</param>
    /// <param name="trainer">The trainer. While the page is open, it belongs to the page: other cells must not train it.</param>
    /// <returns>The page; <see cref="LivePage.Close"/> ends it.</returns>
    /// <exception cref="LivePageException">The page cannot be opened; the message says why.</exception>
    public static LivePage OpenLab(this Lab lab, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(trainer);
        if (Opened.TryGetValue(trainer, out var earlier))
            earlier.Close();
        var page = NotebookHost.Kind is HostKind.Workbook ? LivePage.Unopened() : LivePage.Open(LiveSession.Of(trainer));
        Opened.AddOrUpdate(trainer, page);
        NotebookHost.Show(page.Link());
        return page;
    }
}
