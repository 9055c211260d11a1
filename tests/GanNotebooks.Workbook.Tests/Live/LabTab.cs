using GanNotebooks.Workbook.Tests.Book;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Live;

/// <summary>An open page of the lab, with all that went wrong on it: console messages, exceptions, requests beyond the machine.</summary>
internal sealed class LabTab(IPage page)
{
    private readonly List<string> complaints = [];
    private bool listening = true;

    public IPage Page => page;

    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>Opens the page and waits for its first picture.</summary>
    public static async Task<LabTab> OpenAsync(IPage page, string address, string fragment = "")
    {
        var tab = new LabTab(page);
        page.Console += (_, message) => tab.Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => tab.Note(true, "exception: " + error);
        page.Request += (_, request) => tab.Note(!request.Url.StartsWith(address, StringComparison.Ordinal), "request: " + request.Url);
        page.RequestFailed += (_, request) => tab.Note(true, "failed: " + request.Url);
        page.SetDefaultTimeout(WatchedPage.Hang);
        page.SetDefaultNavigationTimeout(WatchedPage.Hang);
        await page.GotoAsync(address + fragment);
        await tab.UntilAsync("document.documentElement.hasAttribute('data-ready') && document.body.dataset.frames > 0");
        return tab;
    }

    /// <summary>Waits until an expression holds in the page.</summary>
    public Task UntilAsync(string expression) =>
        page.WaitForFunctionAsync($"() => Boolean({expression})", null, new() { Timeout = WatchedPage.Hang, PollingInterval = 100 });

    public Task<T> AskAsync<T>(string expression) => page.EvaluateAsync<T>($"() => ({expression})");

    /// <summary>Presses a key outside of all controls.</summary>
    public async Task KeyAsync(string key)
    {
        await page.EvaluateAsync("() => document.activeElement?.blur()");
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Waits until a run stands at a step.</summary>
    public Task UntilStepAsync(int step, string run = "A") => UntilAsync($"{StepOf(run)} === {step}");

    public Task<int> StepAsync(string run = "A") => AskAsync<int>(StepOf(run));

    /// <summary>Loads a preset, and so a fresh run at step 0 and no second one.</summary>
    public async Task PresetAsync(string name)
    {
        if (await AskAsync<int>("document.querySelectorAll('.pane').length") == 2)
        {
            await KeyAsync("c");
            await UntilAsync("document.querySelectorAll('.pane').length === 1");
        }

        await KeyAsync("p");
        await page.ClickAsync($"[data-preset={name}]");
        await UntilStepAsync(0);
        await UntilAsync("document.querySelectorAll('.mark').length === 0 && document.querySelector('#play').textContent.includes('Play')");
    }

    /// <summary>Plays until a run has come to a step, and pauses.</summary>
    public async Task PlayToAsync(int step, string run = "A")
    {
        await KeyAsync(" ");
        await UntilAsync($"{StepOf(run)} >= {step}");
        await KeyAsync(" ");
        await UntilAsync("document.querySelector('#play').textContent.includes('Play')");
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"); // drawn
    }

    /// <summary>Undoes a change, once the page knows one that has happened: before that it says that there is none.</summary>
    public async Task UndoAsync()
    {
        await UntilAsync("!document.querySelector('[data-name=undo]').disabled");
        await KeyAsync("u");
    }

    /// <summary>Sets a setting's exact box or its list.</summary>
    public async Task SetAsync(string name, string value)
    {
        string control = $"#settings [data-name^='{name} ']";
        if (await page.Locator($"{control} select").CountAsync() > 0)
        {
            string full = await AskAsync<string>(
                $"[...document.querySelectorAll(\"{control} option\")].find(o => o.value.startsWith('{value}')).value");
            await page.SelectOptionAsync($"{control} select", full);
            return;
        }

        await page.FillAsync($"{control} .exact", value);
        await page.PressAsync($"{control} .exact", "Enter");
    }

    /// <summary>What follows is not the page's own doing.</summary>
    public void StopListening() => listening = false;

    public async Task ScreenshotAsync(string name)
    {
        string folder = Path.Combine(OutputFolder.Of(TestPaths.Repository, null, "--out", _ => { }), "screenshots");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    private static string StepOf(string run) => $"Number(document.querySelector('[data-run={run}] .step').textContent.replace(/\\D/g, ''))";

    private void Note(bool bad, string complaint)
    {
        if (bad && listening)
            complaints.Add(complaint);
    }
}
