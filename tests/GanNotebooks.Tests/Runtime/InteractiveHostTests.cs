using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace GanNotebooks.Tests.Runtime;

/// <summary>What .NET Interactive gets from the library, seen through a stand-in for the members that the library finds by reflection.</summary>
public sealed class InteractiveHostTests : IDisposable
{
    private readonly CSharpKernel kernel = new();
    private readonly KernelInvocationContext context;

    public InteractiveHostTests() => KernelInvocationContext.Current = context = new KernelInvocationContext { HandlingKernel = kernel };

    public void Dispose() => KernelInvocationContext.Current = null;

    [Fact]
    public void Kind_InACell_IsDotNetInteractive() => Assert.Equal(HostKind.DotNetInteractive, NotebookHost.Kind);

    [Fact]
    public void Update_Twice_ReplacesInPlace()
    {
        NotebookHost.Show(new HtmlFragment("<p>1</p>", "1")).Update(new HtmlFragment("<p>2</p>", "2"));
        var output = Assert.Single(context.Outputs);
        Assert.Equal("<p>2</p>", ((IShowable)output.Value).ToHtml());
        Assert.Equal(["text/html"], output.MimeTypes);
    }

    [Fact]
    public void Open_EachTime_BringsPlotlyOnceAndFiguresDoNot()
    {
        for (int opened = 1; opened <= 2; opened++)
        {
            Lab.Open("test");
            Assert.Equal(opened, context.Outputs.Count);
            Assert.Contains(PlotlyScript.Text, ((IShowable)context.Outputs[^1].Value).ToHtml(), StringComparison.Ordinal);
            Assert.DoesNotContain(PlotlyScript.Text, Drawn(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_EachTimeInAnotherHost_GivesPlotlyToTheNextFigureOnly()
    {
        KernelInvocationContext.Current = null;
        for (int opened = 1; opened <= 2; opened++)
        {
            Lab.Open("test");
            Assert.Contains(PlotlyScript.Text, Drawn(), StringComparison.Ordinal);
            Assert.DoesNotContain(PlotlyScript.Text, Drawn(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Quieten_Kernel_LeavesOutWarningsAboutReferences()
    {
        Lab.Open("test");
        Assert.Equal(1, kernel.WarningLevel);
    }

    [Fact]
    public void Install_ReadersChart_ShowsItselfAsAFigure()
    {
        HostFormatters.Install();
        using var written = new StringWriter();
        Formatter.Registered[(ReaderChart.ChartType, "text/html")](Plotly.NET.CSharp.Chart.Line<double, double, string>([1, 2], [3, 4]), written);
        Assert.Contains("gan-figure", written.ToString(), StringComparison.Ordinal);
    }

    private static string Drawn() => new Plot("T", "x", "y").Line("l", [0, 1], [0, 1]).ToFigure("alt").ToHtml();
}
