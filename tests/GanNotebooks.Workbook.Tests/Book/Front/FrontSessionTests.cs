using System.Text.Json;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>The recorded session of the lab on the front page.</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class FrontSessionTests(SampleBook sample)
{
    private const string Slider = "() => +document.querySelector('#session input').value";
    private const long MostBytes = 1_500_000;

    // The record as anybody can read it.
    private static readonly JsonElement Recorded = JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(
        Path.Combine(TestPaths.Repository.Root, "data", "results", "front-page"), "*.json").Single())).RootElement;

    private static readonly IReadOnlyList<JsonElement> Frames = [.. Recorded.GetProperty("Course").EnumerateArray()];
    private static readonly int Last = Frames.Count - 1;

    [Fact]
    public async Task Data_OfThePage_AreThoseOfTheRecord()
    {
        var page = await OpenAsync();

        var shown = JsonDocument.Parse(await page.AskAsync<string>("() => JSON.stringify(window.bookSession)")).RootElement;
        Assert.Equal(Recorded.GetProperty("Data").GetString(), shown.GetProperty("data").GetString());
        var frames = shown.GetProperty("frames").EnumerateArray().ToList();
        Assert.Equal(Frames.Count, frames.Count);
        (string Page, string Record)[] names = [("step", "Step"), ("samples", "Samples"), ("d", "Discriminator"), ("dstar", "Best"),
            ("jsd", "Divergence"), ("criterion", "Criterion"), ("floor", "Floor"), ("captured", "Captured"),
            ("highQuality", "HighQuality"), ("shares", "Shares")];
        foreach (var (recorded, frame) in Frames.Zip(frames))
        {
            Assert.Equal(names.Length, frame.EnumerateObject().Count());
            Assert.All(names, n => Assert.True(JsonElement.DeepEquals(recorded.GetProperty(n.Record), frame.GetProperty(n.Page)), n.Page));
        }
    }

    [Fact]
    public async Task Numbers_OfAFrame_AreThoseOfTheRecord()
    {
        var page = await OpenAsync();

        foreach (int at in new[] { 0, Last / 2, Last })
        {
            await GoToAsync(page, at);
            var frame = Frames[at];
            double quality = 100 * frame.GetProperty("HighQuality").GetDouble(), divergence = frame.GetProperty("Divergence").GetDouble();
            await page.Page.WaitForFunctionAsync(
                "text => document.querySelector('.session-numbers').textContent.startsWith(text)", FormattableString.Invariant(
                    $"{frame.GetProperty("Captured")} of 8 modes · {quality:F1} % of the samples lie at a mode · JSD {divergence:F3} "));
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Session_WhereMotionIsReduced_StartsPausedAndPlaysWhenAsked()
    {
        var page = await OpenAsync();

        Assert.Equal(Last, await page.AskAsync<int>(Slider));
        // The page itself looks between two frames: a look from outside may come when the frame is over.
        Assert.Equal("❚❚ Pause at 3, ▶ Play at 3", await page.AskAsync<string>("() => new Promise(done => { "
            + "const play = document.querySelector('.session-play'), at = () => play.textContent + ' at ' "
            + "+ document.querySelector('#session input').value; "
            + "const look = setInterval(() => { if (!at().endsWith(' at 3')) return; const before = at(); play.click(); "
            + "clearInterval(look); done(before + ', ' + at()); }, 1); play.click(); })"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Keys_SpaceAndArrows_PlayAndMoveByOne()
    {
        var page = await OpenAsync();

        await page.Page.FocusAsync(".session-stage");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.Page.WaitForFunctionAsync($"() => +document.querySelector('#session input').value === {Last - 1}");
        await page.Page.Keyboard.PressAsync("Home");
        await page.Page.WaitForFunctionAsync("() => +document.querySelector('#session input').value === 0");
        await page.Page.Keyboard.PressAsync(" ");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.session-play').textContent.includes('Pause')");
        await page.Page.FocusAsync("#session input");
        await page.Page.Keyboard.PressAsync(" ");
        Assert.Equal("▶ Play", await page.Page.TextContentAsync(".session-play"));
        Assert.Equal(0, await page.AskAsync<int>("() => scrollY"));
    }

    [Fact]
    public async Task Mark_Pressed_ShowsTheStepOfTheChange()
    {
        var page = await OpenAsync();
        var marks = Recorded.GetProperty("State").GetProperty("marks").EnumerateArray()
            .GroupBy(m => m.GetProperty("step").GetInt32()).ToList();
        var (step, text) = (marks[0].Key, string.Join(", ", marks[0].Select(m => $"{m.GetProperty("name")} = {m.GetProperty("value")}")));

        Assert.Equal(marks.Count, await page.AskAsync<int>("() => document.querySelectorAll('.session-mark').length"));
        await page.Page.Locator(".session-mark").First.ClickAsync();
        await page.Page.WaitForFunctionAsync("text => document.querySelector('.session-numbers').textContent.endsWith(text)", text);
        string shown = (await page.Page.TextContentAsync("#session output"))!;
        Assert.StartsWith(FormattableString.Invariant($"step {step:N0} "), shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, 1)]
    [InlineData(1280, 2)]
    public async Task Pictures_AtAWidth_AreDrawnAndFit(int width, int pictures)
    {
        var page = await OpenAsync(width);

        Assert.Equal(pictures, await page.AskAsync<int>(
            "() => [...document.querySelectorAll('.session-picture canvas')].filter(c => c.clientWidth > 250 && c.width > 250).length"));
        Assert.True(await page.AskAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Page_WithAllThatItLoads_IsSmall()
    {
        await OpenAsync();

        string page = await File.ReadAllTextAsync(Path.Combine(sample.Folder, "index.html"), TestContext.Current.CancellationToken);
        string[] parts = ["assets/session-data.js", "assets/lab-drawing.js", "assets/session.js", "assets/book.css", "assets/book.js"];
        Assert.All(parts, part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.InRange(parts.Sum(part => new FileInfo(Path.Combine(sample.Folder, part)).Length) + page.Length, 1, MostBytes);
    }

    [Fact]
    public void Modules_OfTheLab_LeaveNothingThatAPlainScriptCannotHave()
    {
        Assert.DoesNotContain("import ", string.Join('\n', LabModules.Script.Split('\n').Where(line => !line.StartsWith('/'))),
            StringComparison.Ordinal);
        Assert.Equal("(function () {\nconst { a } = window.labModules.x;\nfunction f() {}\nwindow.labModules.y = { f };\n})();\n",
            LabModules.Plain("y", "import { a } from \"./x.js\";\nexport function f() {}\n"));
        Assert.Throws<FormatException>(() => LabModules.Plain("y", "export default 1;\n"));
    }

    private static Task GoToAsync(WatchedPage page, int at) => page.Page.EvaluateAsync(
        "at => { const slider = document.querySelector('#session input'); slider.value = at; "
        + "slider.dispatchEvent(new Event('input')); }", at);

    private Task<WatchedPage> OpenAsync(int width = 1280) => sample.OpenAsync(Path.Combine(sample.Folder, "index.html"), width);
}
