using System.Reflection;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace GanNotebooks.Tests.Runtime;

/// <summary>What the library does inside .NET Interactive, seen in the events of the real kernel.</summary>
public sealed class InteractiveHostTests : IDisposable
{
    private readonly RealKernel kernel = new();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task Kind_InACell_IsDotNetInteractive()
    {
        var kind = HostKind.Plain;
        await kernel.RunAsync(() => kind = NotebookHost.Kind);
        Assert.Equal(HostKind.DotNetInteractive, kind);
        Assert.Equal(HostKind.Plain, NotebookHost.Kind);
    }

    [Fact]
    public async Task Cancellation_InACell_CanBeSignalled()
    {
        var token = CancellationToken.None;
        await kernel.RunAsync(() => token = NotebookHost.Cancellation);
        Assert.True(token.CanBeCanceled);
        Assert.False(NotebookHost.Cancellation.CanBeCanceled);
    }

    [Fact]
    public async Task Update_Twice_ReplacesInPlace()
    {
        var events =
            await kernel.RunAsync(() => NotebookHost.Show(new HtmlFragment("<p>1</p>", "1")).Update(new HtmlFragment("<p>2</p>", "2")));
        var shown = Assert.Single(events.OfType<DisplayedValueProduced>());
        var updated = Assert.Single(events.OfType<DisplayedValueUpdated>());
        Assert.Equal(shown.ValueId, updated.ValueId);
        Assert.Equal([("text/html", "<p>1</p>"), ("text/plain", "1")], Forms(shown));
        Assert.Equal([("text/html", "<p>2</p>"), ("text/plain", "2")], Forms(updated));
    }

    [Fact]
    public async Task Update_FromALaterCellAndAnotherThread_ReplacesInPlace()
    {
        LiveDisplay? display = null;
        var first = await kernel.RunAsync(() => display = NotebookHost.Show(new HtmlFragment("<p>1</p>", "1")));
        var second =
            await kernel.RunAsync(() => Task.Run(() => display!.Update(new HtmlFragment("<p>2</p>", "2"))).GetAwaiter().GetResult());
        Assert.Equal(Assert.Single(first.OfType<DisplayedValueProduced>()).ValueId,
            Assert.Single(second.OfType<DisplayedValueUpdated>()).ValueId);
    }

    [Fact]
    public async Task Open_EachTime_BringsPlotlyOnceAndFiguresDoNot()
    {
        for (int opened = 1; opened <= 2; opened++)
        {
            string drawn = "";
            var events = await kernel.RunAsync(() =>
            {
                Lab.Open("test");
                drawn = Drawn().ToHtml();
            });
            Assert.Contains(PlotlyScript.Text, Html(Assert.Single(events.OfType<DisplayedValueProduced>())), StringComparison.Ordinal);
            Assert.DoesNotContain(PlotlyScript.Text, drawn, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_EachTimeInAnotherHost_GivesPlotlyToTheNextFigureOnly()
    {
        for (int opened = 1; opened <= 2; opened++)
        {
            Lab.Open("test");
            Assert.Contains(PlotlyScript.Text, Drawn().ToHtml(), StringComparison.Ordinal);
            Assert.DoesNotContain(PlotlyScript.Text, Drawn().ToHtml(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Open_Kernel_LeavesOutWarningsAboutReferences()
    {
        await kernel.RunAsync(() => Lab.Open("test"));
        object? options =
            typeof(CSharpKernel).GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(kernel.CSharp);
        Assert.Equal(1, Assert.IsType<ScriptOptions>(options).WarningLevel);
    }

    public static TheoryData<string, Func<object>> Shown => new()
    {
        { "gan-figure", Drawn },
        { "gan-table", () => new Table("T", "a").Row("1") },
        { "gan-checks", () => Check.Exactly("one", 1, 1, "it is") },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task Value_OfTheLibrary_HasHtmlAndPlainText(string mark, Func<object> make)
    {
        var value = Assert.Single((await kernel.ShowAsync(make)).OfType<ReturnValueProduced>());
        Assert.Equal(["text/html", "text/plain"], value.FormattedValues.Select(form => form.MimeType));
        Assert.Contains(mark, Html(value), StringComparison.Ordinal);
        Assert.DoesNotContain("<", Forms(value)[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowAsHtml_ReadersChart_ShowsItselfAsAFigureEvenAfterAnExtensionTookItsPlace()
    {
        await kernel.RunAsync(LibraryInitializer.Run);
        Assert.Contains("gan-figure", Html(Assert.Single((await kernel.ShowAsync(ReadersChart)).OfType<ReturnValueProduced>())),
            StringComparison.Ordinal);

        var taken = await kernel.RunAsync(() =>
            Formatter.Register(PlotlyChartAdapter.ChartType, (_, writer) => writer.Write("from a network"), "text/html"));
        Assert.Equal("from a network", Html(Assert.Single((await kernel.ShowAsync(ReadersChart)).OfType<ReturnValueProduced>())));

        await kernel.RunAsync(
            () => KernelInvocationContext.Current.Publish(new KernelExtensionLoaded(null!, KernelInvocationContext.Current.Command)));
        Assert.Contains("gan-figure", Html(Assert.Single((await kernel.ShowAsync(ReadersChart)).OfType<ReturnValueProduced>())),
            StringComparison.Ordinal);
    }

    private static Plotly.NET.GenericChart ReadersChart() => Plotly.NET.CSharp.Chart.Line<double, double, string>([1, 2], [3, 4]);

    private static Figure Drawn() => new Plot("T", "x", "y").Line("l", [0, 1], [0, 1]).ToFigure("alt");

    private static string Html(DisplayEvent shown) => Forms(shown).Single(form => form.MimeType == "text/html").Text;

    private static List<(string MimeType, string Text)> Forms(DisplayEvent shown) =>
        [.. shown.FormattedValues.Select(form => (form.MimeType, form.Value))];
}
