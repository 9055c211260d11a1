using System.Runtime.CompilerServices;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks;

/// <summary>Module initialiser that runs when the library is loaded, before any torch call.</summary>
internal static class LibraryInitializer
{
    /// <summary>
    /// The exception of a failed start, for example when torch cannot be loaded; null after success. <see cref="Lab.Open"/> throws it.
    /// </summary>
    public static Exception? Failure { get; private set; }

#pragma warning disable CA2255 // A module initialiser in a library: notebook hosts give us no earlier moment.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Run()
    {
        try
        {
            PlotlyIsolation.Install();
            TorchAssemblyRedirect.Install();
            InteractiveKernel.ShowAsHtml(() => PlotlyChartAdapter.ChartType,
                (chart, writer) => writer.Write(PlotlyChartAdapter.ToHtml(chart)));
            InteractiveKernel.HelpWithErrors(AnswerHelp.Of);
            NativeTorch.Load();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure = e;
        }
    }
}
