using System.Text.RegularExpressions;
using GanNotebooks.Live;
using GanNotebooks.Tests.Runtime;
using GanNotebooks.Tests.Training;
using Microsoft.DotNet.Interactive.Events;

namespace GanNotebooks.Tests.Live;

/// <summary>The page that a cell opens on its own trainer.</summary>
public sealed class LabPagesTests : IDisposable
{
    private readonly RealKernel kernel = new();
    private readonly Lab lab = Lab.Open("own");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task OpenLab_InACell_ShowsALinkThatLeadsToThePageUntilItIsClosed()
    {
        using var trainer = TinyRun.Create(TinyRun.Config);
        using var client = new HttpClient();
        LivePage? page = null;
        var events = await kernel.RunAsync(() => page = lab.OpenLab(trainer));
        var forms = Assert.Single(events.OfType<DisplayedValueProduced>()).FormattedValues.ToDictionary(f => f.MimeType, f => f.Value);
        var address = new Uri(Regex.Match(forms["text/html"], "href=\"([^\"]+)\"").Groups[1].Value);
        Assert.Equal(page!.Address, address);
        Assert.Contains(address.AbsoluteUri, forms["text/plain"], StringComparison.Ordinal);
        Assert.Contains("<!DOCTYPE html>", await client.GetStringAsync(address, Cancel), StringComparison.OrdinalIgnoreCase);

        page.Close();
        page.Close();
        Assert.Null(page.Address);
        Assert.Equal("The lab is closed.", page.ToString());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(address, Cancel));
    }

    [Fact]
    public void OpenLab_AgainOnTheSameTrainer_ClosesTheFirstPage()
    {
        using var trainer = TinyRun.Create(TinyRun.Config);
        using LivePage first = lab.OpenLab(trainer), second = lab.OpenLab(trainer);
        Assert.Null(first.Address);
        Assert.NotNull(second.Address);
    }

    [Fact]
    public void Unopened_Page_SaysWhereItOpens()
    {
        using var page = LivePage.Unopened();
        Assert.Null(page.Address);
        Assert.Contains("In an editor or in Jupyter", page.Link().ToText(), StringComparison.Ordinal);
    }
}
