using GanNotebooks.Workbook.Tests.Book;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Live;

/// <summary>One lab and one browser for the tests of its page, which take turns.</summary>
[CollectionDefinition(Collection)]
public sealed class OpenLab : IAsyncLifetime, ICollectionFixture<OpenLab>
{
    public const string Collection = "lab";

    private readonly List<IBrowserContext> contexts = [];
    private LabProcess? lab;
    private IBrowser? browser;

    internal string Address => lab!.Address;

    /// <summary>A page of the shared lab, or of another one.</summary>
    internal async Task<LabTab> OpenAsync(int width = 1280, bool dark = false, string fragment = "", string? address = null,
        bool still = false, Func<IPage, Task>? prepare = null)
    {
        browser ??= await Chromium.LaunchAsync();
        lab ??= await LabProcess.StartAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = still ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });
        contexts.Add(context);
        var page = await context.NewPageAsync();
        if (prepare is not null)
            await prepare(page);
        return await LabTab.OpenAsync(page, address ?? lab.Address, fragment);
    }

    /// <summary>Closes all pages: an open page takes time from the engine.</summary>
    internal async Task CloseAllAsync()
    {
        foreach (var context in contexts)
            await context.CloseAsync();
        contexts.Clear();
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAllAsync();
        if (browser is not null)
            await browser.CloseAsync();
        lab?.Dispose();
    }
}
