using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Live;

/// <summary>The page of <c>workbook lab</c> in a real browser, on the real engine.</summary>
[Collection(OpenLab.Collection)]
[Trait("Category", "Slow")]
public sealed class LabPageTests(OpenLab lab) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await lab.CloseAllAsync();

    [Theory]
    [InlineData(390, false)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(1920, false)]
    [InlineData(1920, true)]
    public async Task Page_AnyWidthAndTheme_FitsAndIsAccessible(int width, bool dark)
    {
        var tab = await lab.OpenAsync(width, dark);
        await tab.PresetAsync("dropped");
        await tab.PlayToAsync(50);

        Assert.InRange(await tab.AskAsync<int>("document.documentElement.scrollWidth"), 0, width);
        await tab.ScreenshotAsync($"lab-{width}{(dark ? "-dark" : "")}");
        Assert.Empty(tab.Complaints);
        await IsAccessibleAsync(tab);
    }

    [Fact]
    public async Task Keys_StepsAndTimeLine_GoWhereTheySay()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("rotates");

        await tab.KeyAsync("b");
        await tab.UntilStepAsync(1);
        await tab.KeyAsync("b");
        await tab.UntilStepAsync(2);
        await tab.KeyAsync("ArrowLeft");
        await tab.UntilStepAsync(1);
        await tab.KeyAsync("ArrowRight");
        await tab.UntilStepAsync(2);
        await tab.KeyAsync("d");
        await tab.UntilAsync("document.querySelectorAll('.mark').length === 1");
        await tab.KeyAsync("g");
        await tab.UntilAsync("document.querySelector('.mark')?.title.includes('G alone')");
        await tab.KeyAsync("r");
        await tab.UntilStepAsync(0);
        await tab.KeyAsync("?");
        await tab.UntilAsync("document.querySelector('dialog[open]')");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.UntilAsync("!document.querySelector('dialog')");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Scrub_BackAndForward_ShowsTheSameNumbersAgain()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("learns");
        await tab.PlayToAsync(120);
        int end = await tab.StepAsync();
        const string numbers =
            "[...document.querySelectorAll('[data-number=lossD] .values, [data-number=lossG] .values')].map(e => e.textContent).join()";
        await tab.UntilAsync($"{numbers} !== ''");
        await SettledAsync(tab);
        string before = await tab.AskAsync<string>(numbers);

        await tab.Page.FillAsync("[data-time=A]", "60");
        await tab.UntilStepAsync(60);
        await SettledAsync(tab);
        Assert.NotEqual(before, await tab.AskAsync<string>(numbers));
        await tab.Page.FillAsync("[data-time=A]", $"{end}");
        await tab.UntilStepAsync(end);
        await tab.UntilAsync($"{numbers} === '{before}'");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Settings_Changed_BecomeMarksAndUndoTakesThemBack()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("rotates");
        await tab.KeyAsync("b");
        await tab.UntilStepAsync(1);

        await tab.SetAsync("Loss", "Minimax");
        await tab.UntilAsync("document.querySelectorAll('.mark').length === 1");
        await tab.SetAsync("GeneratorOptimizer.LearningRate", "0.0123");
        await tab.UntilAsync("document.querySelector('.mark').title.includes('0.0123')");
        await tab.UndoAsync();
        await tab.UntilAsync("!document.querySelector('.mark').title.includes('0.0123')");
        await tab.UndoAsync();
        await tab.UntilAsync("document.querySelectorAll('.mark').length === 0");
        await tab.UntilAsync("document.querySelector(\"#settings [data-name^='Loss '] select\").value.startsWith('NonSaturating')");
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData("Loss", "RelativisticPaired", "RelativisticPaired")]
    [InlineData("Order", "Simultaneous", "Simultaneous")]
    [InlineData("DiscriminatorSteps", "3", "3")]
    [InlineData("BatchSize", "32", "32")]
    [InlineData("GeneratorOptimizer", "Momentum", "Momentum")]
    [InlineData("GeneratorOptimizer.Beta1", "0.25", "0.25")]
    [InlineData("DiscriminatorOptimizer.LearningRate", "0.002", "0.002")]
    [InlineData("Penalty", "R1R2", "R1R2")]
    [InlineData("InstanceNoise", "InstanceNoise", "InstanceNoise")]
    [InlineData("Packing", "2", "2")]
    [InlineData("AverageHalfLife", "1000", "1000")]
    [InlineData("WeightClip", "0.5", "0.5")]
    [InlineData("UnrolledSteps", "2", "2")]
    [InlineData("ConsensusWeight", "0.1", "0.1")]
    [InlineData("NoiseDimension", "2", "2")]
    public async Task Control_Changed_IsKeptByTheEngine(string name, string value, string shown)
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("dropped");

        await tab.SetAsync(name, value);
        await tab.UntilAsync("document.querySelector('#status').textContent.includes(' is now ')");
        // A second page has what the engine says, and nothing else.
        var other = await lab.OpenAsync();
        string control = $"document.querySelector(\"#settings [data-name^='{name} '] :is(select, .exact)\")";
        await other.UntilAsync($"{control}.value.startsWith('{shown}')");
        await other.Page.CloseAsync();
        Assert.Empty(tab.Complaints.Concat(other.Complaints));
    }

    [Fact]
    public async Task Network_MoreLayers_HasMoreParameters()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("vanishes");
        const string sizes = "document.querySelector(\"#settings [data-name^='Generator '] .quiet\").textContent";
        string before = await tab.AskAsync<string>(sizes);

        await tab.Page.ClickAsync("#settings [data-name^='Generator '] button[title*=more]");
        await tab.UntilAsync("document.querySelectorAll(\"#settings [data-name^='Generator '] .widths input\").length === 3");
        await tab.UntilAsync($"{sizes} !== '{before}'");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Value_ThatIsWrong_IsRefusedWithASentence()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("dropped");

        await tab.SetAsync("GeneratorOptimizer.LearningRate", "fast");
        await tab.UntilAsync("document.querySelector('.refused')?.textContent.includes('fast')");
        Assert.Equal("0.0001", await tab.Page.InputValueAsync("#settings [data-name^='GeneratorOptimizer.LearningRate '] .exact"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Fork_AndAChange_MakesTwoRunsThatDiffer()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("dropped");
        await tab.PlayToAsync(20);
        int step = await tab.StepAsync();

        await tab.KeyAsync("f");
        await tab.UntilAsync("document.querySelectorAll('.pane').length === 2");
        await tab.UntilStepAsync(step, "B");
        await tab.SetAsync("GeneratorOptimizer.LearningRate", "0.01");
        await tab.UntilAsync("document.querySelectorAll('.time-line')[1].querySelectorAll('.mark').length === 1");
        Assert.Equal(0, await tab.AskAsync<int>("document.querySelectorAll('.time-line')[0].querySelectorAll('.mark').length"));
        await tab.PlayToAsync(step + 20, "B");
        await tab.ScreenshotAsync("lab-compare");
        await tab.KeyAsync("x");
        await tab.UntilAsync("document.querySelector('.pane.selected').dataset.run === 'A'");
        await tab.KeyAsync("c");
        await tab.UntilAsync("document.querySelectorAll('.pane').length === 1");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task SlowMotion_EightPhases_SetsFormulasAndMakesOneStep()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("learns");

        for (int phase = 1; phase <= 8; phase++)
        {
            await tab.KeyAsync("s");
            await tab.UntilAsync($"document.querySelector('#phase-title').textContent.startsWith('{phase} of 8')");
            await tab.UntilAsync("document.querySelector('.formula .katex')");
            Assert.Equal(0, await tab.AskAsync<int>("document.querySelectorAll('.katex-error').length"));
        }

        await tab.UntilStepAsync(1);
        await tab.ScreenshotAsync("lab-slow");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.UntilAsync("document.querySelector('#slow').hidden");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Drawing_ByPointerAndKeyboard_BecomesTheTarget()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("rotates");

        await tab.Page.ClickAsync("[data-name=drawing]");
        var box = (await tab.Page.Locator(".sheet").BoundingBoxAsync())!;
        var (x, y) = (box.X + box.Width / 2, box.Y + box.Height / 2);
        await tab.Page.Mouse.MoveAsync(x - 80, y);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x + 80, y - 60, new MouseMoveOptions { Steps = 20 });
        await tab.Page.Mouse.UpAsync();
        await tab.Page.FocusAsync(".sheet");
        await tab.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await tab.Page.Keyboard.PressAsync("Enter");
        int points = await tab.AskAsync<int>("Number.parseInt(document.querySelector('.drawing-dialog [role=status]').textContent)");
        Assert.InRange(points, 5, 60);
        await tab.ScreenshotAsync("lab-drawing");
        await tab.Page.ClickAsync("dialog .primary");
        await tab.UntilAsync($"document.querySelector('.pane .title').textContent.includes('{points} points')");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Link_OfARun_OpensTheSameRunInAnotherPage()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("vanishes");
        await tab.SetAsync("DiscriminatorSteps", "2");
        await tab.PlayToAsync(15);
        int step = await tab.StepAsync();
        await tab.Page.ClickAsync("#share");
        await tab.UntilAsync("document.querySelector('pre.code')?.textContent.includes('DiscriminatorSteps = 2')");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.UntilAsync(
            $"JSON.parse(atob(location.hash.slice(3).replaceAll('-', '+').replaceAll('_', '/'))).step === {step}"); // written once a second
        string link = await tab.AskAsync<string>("location.hash");
        await tab.PresetAsync("learns");

        var other = await lab.OpenAsync(fragment: link);
        await other.UntilAsync("document.querySelector('.pane .title').textContent === 'two blobs'");
        await other.UntilStepAsync(step);
        Assert.Equal("2", await other.Page.InputValueAsync("#settings [data-name^='DiscriminatorSteps '] .exact"));
        Assert.Empty(tab.Complaints.Concat(other.Complaints));
    }

    [Fact]
    public async Task Link_OfATeacher_HidesControlsAndEnlargesLetters()
    {
        var tab = await lab.OpenAsync(fragment: "#preset=dropped&hide=penalty,packing,table&present=1");

        await tab.UntilAsync("document.querySelector('.pane .title').textContent === 'ring of eight'");
        foreach (string hidden in new[] { "#settings [data-name^='Penalty ']", "#settings [data-name^='Packing ']", "#table" })
            Assert.False(await tab.Page.IsVisibleAsync(hidden), hidden);
        Assert.True(await tab.Page.IsVisibleAsync("#settings [data-name^='Loss ']"));
        Assert.Equal("20px", await tab.AskAsync<string>("getComputedStyle(document.documentElement).fontSize"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Link_ThatIsCut_IsToldAndHarmsNothing()
    {
        var tab = await lab.OpenAsync(fragment: "#s=eyJ2ZXJzaW9uIjox");

        await tab.UntilAsync("document.querySelector('.notice')?.textContent.includes('cannot be read')");
        await tab.KeyAsync("b");
        await tab.UntilAsync("document.querySelector('#status').textContent.includes('step')");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Table_KeptRun_IsGoneBackTo()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("vanishes");
        await tab.PlayToAsync(10);
        int step = await tab.StepAsync();

        await tab.KeyAsync("k");
        await tab.UntilAsync("document.querySelectorAll('#table tbody tr').length === 1");
        await tab.KeyAsync("r");
        await tab.UntilStepAsync(0);
        await tab.Page.ClickAsync("#table tbody .link");
        await tab.UntilStepAsync(step);
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("#table button:has-text('CSV')"));
        string[] lines = await File.ReadAllLinesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("two blobs", lines[1], StringComparison.Ordinal);
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData("learns", "warp saturating nonSaturating chosen samples data")]
    [InlineData("circles", "warp saturating nonSaturating chosen samples")]
    [InlineData("vanishes", "warp nonSaturating samples data")] // the saturating arrows have vanished
    public async Task Layers_EachOne_ChangesThePicture(string preset, string layers)
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync(preset);
        await tab.PlayToAsync(10);
        await SettledAsync(tab);
        const string picture = "document.querySelector('.pane canvas').toDataURL()";

        foreach (string layer in layers.Split(' '))
        {
            string before = await tab.AskAsync<string>(picture);
            await tab.Page.ClickAsync($"[data-layer={layer}]");
            await tab.Page.WaitForFunctionAsync($"before => {picture} !== before", before);
            await SettledAsync(tab);
        }

        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Eigenvalues_OfSmallNetworks_StandBesideTheCircle()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("circles");
        await tab.PlayToAsync(10);

        await tab.UntilAsync("document.querySelector('.chart.map').offsetHeight > 100");
        await tab.UntilAsync("document.querySelector(\"[data-name=spectrum] .after\").textContent.includes('of 38 lie outside')");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task ReducedMotion_Asked_FramesAreFew()
    {
        var tab = await lab.OpenAsync(still: true);
        await tab.PresetAsync("learns");
        int first = await tab.AskAsync<int>("Number(document.body.dataset.frames)");
        await tab.PlayToAsync(10);
        await tab.UntilAsync($"document.body.dataset.frames >= {first + 2}");

        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Engine_Killed_IsToldAndThePageKeepsTrying()
    {
        using var first = await LabProcess.StartAsync();
        var tab = await lab.OpenAsync(address: first.Address);
        await tab.PresetAsync("vanishes");
        await tab.PlayToAsync(5);
        Assert.Empty(tab.Complaints);

        tab.StopListening(); // a browser writes each attempt that fails into its console
        first.Kill();
        await tab.UntilAsync("document.querySelector('#link-state').dataset.state !== 'open'");
        await tab.UntilAsync("document.querySelector('.notice')?.textContent.includes('The engine is gone')");
        await tab.ScreenshotAsync("lab-gone");
        Assert.Contains("still trying", await tab.Page.TextContentAsync("#link-text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_ThatHangs_IsToldAndGoesOnWhereItWas()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no signal stops a process there");
        using var hanging = await LabProcess.StartAsync();
        var tab = await lab.OpenAsync(address: hanging.Address);
        await tab.PresetAsync("vanishes");
        await tab.PlayToAsync(5);
        int step = await tab.StepAsync();

        hanging.Stop();
        await tab.UntilAsync("document.querySelector('#link-state').dataset.state === 'connecting'");
        tab.StopListening(); // attempts that nobody answers
        await tab.UntilAsync("document.querySelector('.notice')?.textContent.includes('The engine is gone')");
        hanging.Continue();
        await tab.UntilAsync("document.querySelector('#link-state').dataset.state === 'open'");
        await tab.UntilAsync("!document.querySelector('.notice')");
        await tab.UntilStepAsync(step);
        await tab.KeyAsync("b");
        await tab.UntilStepAsync(step + 1);
    }

    [Fact]
    public async Task Page_FrozenWhileItTrains_GoesOnWhenItWakes()
    {
        var tab = await lab.OpenAsync();
        await tab.PresetAsync("vanishes");
        await tab.KeyAsync(" ");
        await tab.UntilAsync("document.querySelector('#play').textContent.includes('Pause')");
        var devtools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);

        await devtools.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        await devtools.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
        var other = await tab.Page.Context.NewPageAsync(); // the command leaves the page hidden until it is chosen again
        await other.BringToFrontAsync();
        await tab.Page.BringToFrontAsync();
        int step = await tab.StepAsync();
        await tab.UntilAsync($"Number(document.querySelector('[data-run=A] .step').textContent.replace(/\\D/g, '')) > {step}");
        await tab.KeyAsync(" ");
        await tab.UntilAsync("document.querySelector('#play').textContent.includes('Play')");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task TwoTabs_OnOneEngine_ShowTheSame()
    {
        const string loss = "document.querySelector(\"#settings [data-name^='Loss '] select\").value.split('(')[0]",
            marks = "document.querySelectorAll('.mark').length", panes = "document.querySelectorAll('.pane').length";
        var one = await lab.OpenAsync();
        await one.PresetAsync("rotates");
        var two = await lab.OpenAsync();

        await one.KeyAsync("b");
        await two.UntilStepAsync(1);
        await two.SetAsync("Loss", "Hinge");
        await one.UntilAsync($"{loss} === 'Hinge' && {marks} === 1");
        await one.PlayToAsync(10);
        int step = await one.StepAsync();
        await two.UntilStepAsync(step);
        await two.KeyAsync("f");
        await one.UntilAsync($"{panes} === 2");
        await one.KeyAsync("c");
        await two.UntilAsync($"{panes} === 1");
        await one.KeyAsync("u");
        await two.UntilAsync($"{marks} === 0 && {loss} === 'NonSaturating'");
        await Task.WhenAll(one.KeyAsync("r"), two.KeyAsync("b"));
        await one.UntilAsync("document.querySelector('.pane .step').textContent === 'step 0' "
            + "|| document.querySelector('.pane .step').textContent === 'step 1'");
        await two.UntilStepAsync(await SettledStepAsync(one));
        Assert.Empty(one.Complaints);
        Assert.Empty(two.Complaints);
    }

    [Fact]
    public async Task Connection_Lost_IsTakenUpAgainWithTheEnginesState()
    {
        IWebSocketRoute? socket = null;
        var tab = await lab.OpenAsync(prepare: page => page.RouteWebSocketAsync(new Regex("/ws$"), route =>
        {
            route.ConnectToServer();
            socket = route;
        }));
        await tab.PresetAsync("vanishes");
        await tab.KeyAsync("b");
        await tab.UntilStepAsync(1);

        var cut = socket!;
        socket = null;
        await cut.CloseAsync();
        await tab.UntilAsync("document.querySelector('#link-state').dataset.state === 'open'");
        await tab.UntilAsync("document.querySelector('#status').textContent.includes('again')");
        await tab.KeyAsync("b");
        await tab.UntilStepAsync(2);
        Assert.NotNull(socket);
        Assert.Empty(tab.Complaints);
    }

    private static async Task<int> SettledStepAsync(LabTab tab)
    {
        await SettledAsync(tab);
        return await tab.StepAsync();
    }

    private static Task SettledAsync(LabTab tab) => tab.Page.EvaluateAsync("""
        async () => {
          for (let last = '', same = 0; same < 4;) {
            await new Promise(done => setTimeout(done, 250));
            const now = document.body.dataset.frames;
            same = now === last ? same + 1 : 0;
            last = now;
          }
        }
        """);

    private static async Task IsAccessibleAsync(LabTab tab)
    {
        tab.StopListening(); // axe-core loads style sheets again
        var result = await Deque.AxeCore.Playwright.PageExtensions.RunAxe(tab.Page,
            new Deque.AxeCore.Commons.AxeRunOptions { ResultTypes = [Deque.AxeCore.Commons.ResultType.Violations] });
        Assert.Empty(result.Violations.Where(found => found.Impact is "serious" or "critical")
            .Select(found => $"{found.Id}: {found.Nodes.Length} times, such as {found.Nodes[0].Html}"));
    }
}
