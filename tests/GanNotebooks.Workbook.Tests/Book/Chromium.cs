using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>The browser of the machine.</summary>
internal static class Chromium
{
    private static readonly Lazy<Task<IPlaywright>> Driver = new(() =>
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", TestPaths.PlaywrightPackage);
        return Playwright.CreateAsync();
    });

    /// <summary>Starts it; skips the test, with its name for what is missing, where there is none.</summary>
    public static async Task<IBrowser> LaunchAsync()
    {
        string? program = Doctor.ShellCommand.Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
        Assert.SkipWhen(program is null, "skipped: no chromium");
        return await (await Driver.Value).Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--no-first-run"],
        });
    }
}
