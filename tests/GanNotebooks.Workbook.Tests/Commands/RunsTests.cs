using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests;

/// <summary>`train --from`, `--weights`, `runs` and `report`, as a reader calls them.</summary>
public sealed class RunsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_From_LengthensARunBitForBitAndResumesWithoutIt()
    {
        await Good("train", "--data", "ring", "--model", "plain", "--steps", "12", "--batch", "8", "--run", "short");
        await Good("train", "--data", "ring", "--model", "plain", "--steps", "20", "--batch", "8", "--run", "whole");
        string before = Hash("short");
        var longer = await Good("train", "--from", "short", "--steps", "20", "--run", "long");
        Assert.Contains("from step 12 of", longer.Output, StringComparison.Ordinal);
        Assert.Contains("Steps 12 → 20", longer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("learning rates:", longer.Output, StringComparison.Ordinal);
        foreach (string name in new[] { "generator", "discriminator" })
        {
            Assert.Equal(File.ReadAllBytes(In("whole", "weights", name + ".safetensors")),
                File.ReadAllBytes(In("long", "weights", name + ".safetensors")));
        }
        Assert.Equal(before, Hash("short"));
        var origin = JsonNode.Parse(File.ReadAllText(In("long", "train.json")))!["Origin"]!;
        byte[] checkpoint = File.ReadAllBytes(In("short", "checkpoints", "step-000000012.checkpoint"));
        Assert.Equal((12, Convert.ToHexStringLower(SHA256.HashData(checkpoint.AsSpan(0, checkpoint.Length - 32)))),
            ((int)origin["Step"]!, (string?)origin["Sha256"]));
        Directory.Delete(In("short"), recursive: true);
        File.Delete(In("long", "checkpoints", "step-000000020.checkpoint"));
        await Good("train", "--resume", "--run", "long");
        Assert.Equal(File.ReadAllBytes(In("whole", "weights", "generator.safetensors")),
            File.ReadAllBytes(In("long", "weights", "generator.safetensors")));
    }

    [Fact]
    public async Task Train_FromOfARunWithFallingRates_SaysWhatTheyDoNow()
    {
        await Good("train", "--data", "ring", "--model", "mlp", "--steps", "10", "--batch", "8", "--run", "a");
        var longer = await Good("train", "--from", "a", "--steps", "20", "--set", "Loss=Hinge", "--run", "b");
        Assert.Contains("learning rates: at 2 % of the first ones there; here they go on at 51 % and fall along half a cosine to 2 % at "
            + "step 20", longer.Output.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("Loss RelativisticPaired → Hinge", longer.Output, StringComparison.Ordinal);
        foreach (var (arguments, message, code) in new (string[], string, int)[]
        {
            (["--from", "a", "--steps", "20", "--batch", "4"], "--batch 8, not 4", 2),
            (["--from", "a", "--steps", "20", "--data", "grid"], "--data ring, not grid", 2),
            (["--from", "a", "--steps", "10"], "is at step 10 already", 1),
            (["--from", "a", "--steps", "20", "--set", "NoiseDimension=3"], "NoiseDimension: 2 in the checkpoint, 3 here", 1),
            (["--from", "nothing", "--steps", "20"], "there is no folder 'nothing'", 2),
            (["--from", "a", "--weights", "a"], "a run begins in one way", 2),
            (["--from", "a", "--resume"], "a run begins in one way", 2),
            (["--weights", "a", "--set", "NoiseDimension=3"], "generator.", 1),
        })
        {
            var run = await Start(["train", .. arguments, "--run", "c"]);
            Assert.Equal(code, run.ExitCode);
            Assert.Contains(message, run.Errors, StringComparison.Ordinal);
            Assert.Single(run.Errors.Trim().Split('\n'));
            Assert.False(Directory.Exists(In("c")), "a refused run left its folder");
        }
        Assert.Contains("holds a run already", (await Start("train", "--from", "a", "--steps", "20", "--run", "b")).Errors,
            StringComparison.Ordinal);
        Directory.CreateDirectory(In("empty"));
        Assert.Contains("train.json", (await Start("train", "--from", "empty", "--run", "d")).Errors, StringComparison.Ordinal);
        var start = await Good("train", "--weights", "a", "--steps", "3", "--run", "w");
        Assert.Contains("with the networks of step 10", start.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_FinishedRuns_AreListedComparedRankedReportedAndExported()
    {
        foreach (string seed in new[] { "1", "2" })
        {
            string[] common = ["train", "--data", "ring", "--steps", "6", "--batch", "8", "--seed", seed];
            await Good([.. common, "--model", "plain", "--run", $"sweep/p{seed}"]);
            await Good([.. common, "--model", "mlp", "--run", $"sweep/m{seed}"]);
        }
        string before = Hash("sweep");
        var list = await Good("runs", "sweep");
        Assert.Matches(@"p2 +ring +plain +2 +6 of 6 +finished", list.Output);
        Assert.Equal(5, list.Output.Trim().Split('\n').Length);

        var compared = await Good("runs", "compare", "sweep/p1", "sweep/m1", "--out", "curves.html");
        Assert.Matches(@"setting +p1 +m1\s", compared.Output);
        Assert.Matches(@"Loss +NonSaturating +RelativisticPaired\s", compared.Output);
        Assert.DoesNotMatch("BatchSize", compared.Output);
        Assert.Contains("loss of G (nats)", File.ReadAllText(In("curves.html")), StringComparison.Ordinal);

        var best = await Good("runs", "best", "sweep", "--by", "reverse-kl");
        double[] values = [.. best.Output.Trim().Split('\n').TakeLast(4).Select(line =>
            double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(values.Order(), values);
        var unknown = await Start("runs", "best", "sweep", "--by", "fid");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("'fid' is none of", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("'reverse-kl-floor' is none of", (await Start("runs", "best", "sweep", "--by", "reverse-kl-floor")).Errors,
            StringComparison.Ordinal); // it describes the data and not a run

        await Good("report", "sweep", "--out", "report");
        string report = File.ReadAllText(In("report", "report.html"));
        Assert.Contains("4 runs of 2 settings", report, StringComparison.Ordinal);
        Assert.Contains("workbook train --data ring --model plain", report, StringComparison.Ordinal);
        Assert.Contains(FigureCalls.PlotlyMark, report, StringComparison.Ordinal);
        var notebook = JsonNode.Parse(File.ReadAllText(In("report", "report.ipynb")))!;
        Assert.Contains(notebook["cells"]!.AsArray(),
            cell => cell!["source"]!.ToJsonString().Contains("RunSummary.In", StringComparison.Ordinal));
        Assert.Contains("1 notebook passed", (await Good("run", In("report", "report.ipynb"), "--out", In("ran"))).Output,
            StringComparison.Ordinal);
        Assert.Contains("which a report does not change", (await Start("report", "sweep", "--out", "sweep/p1")).Errors,
            StringComparison.Ordinal);

        await Good("runs", "export", "sweep/p1", "--samples", "7", "--csv", "s.csv", "--npy", "s.npy", "--weights", "w");
        Assert.Equal(7, File.ReadAllLines(In("s.csv")).Length);
        Assert.Equal(128 + 7 * 2 * sizeof(float), new FileInfo(In("s.npy")).Length);
        Assert.Equal(File.ReadAllBytes(In("sweep", "p1", "weights", "generator.safetensors")),
            File.ReadAllBytes(In("w", "generator.safetensors")));
        Assert.True(File.Exists(In("w", "discriminator.pth")));
        Assert.Contains("--png is for images", (await Start("runs", "export", "sweep/p1", "--png", "x.png")).Errors,
            StringComparison.Ordinal);
        Assert.Equal(before, Hash("sweep"));
    }

    [Fact]
    public async Task Export_ImagesAsAPicture_HasTheSizeOfTheGrid()
    {
        await Good("train", "--data", "mnist", "--model", "dcgan", "--width", "2", "--batch", "8", "--steps", "2", "--run", "run");
        await Good("runs", "export", "run", "--samples", "6", "--grid", "3", "--png", "x.png", "--npy", "x.npy");
        byte[] png = File.ReadAllBytes(In("x.png"));
        Assert.Equal((3 * 29 - 1, 2 * 29 - 1), (png[18] << 8 | png[19], png[22] << 8 | png[23]));
        Assert.Equal(128 + 6 * 28 * 28 * sizeof(float), new FileInfo(In("x.npy")).Length);
        Assert.Contains("--csv is for points", (await Start("runs", "export", "run", "--csv", "x.csv")).Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs", "Name a folder of runs")]
    [InlineData("runs nothing", "there is no folder 'nothing'")]
    [InlineData("runs .", "holds no run")]
    [InlineData("runs compare .", "there is no run")]
    [InlineData("runs export . --npy x", "train.json")]
    [InlineData("runs export .", "Name what to write")]
    [InlineData("runs best .", "--by")]
    [InlineData("report .", "there is no run")]
    public async Task Runs_NothingToRead_IsOneLine(string arguments, string message)
    {
        var run = await Start(arguments.Split(' '));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }

    // Names and settings of a forged run are text, on the page, in the notebook and on the terminal.
    [Fact]
    public async Task Report_HostileNamesAndSettings_AreText()
    {
        const string name = "<script>alert(1)<b>\u001b[2J";
        string run = Directory.CreateDirectory(In("runs", name, "samples")).Parent!.FullName;
        File.WriteAllText(Path.Combine(run, "config.json"), JsonSerializer.Serialize(new
        {
            settings = new Dictionary<string, object>
            {
                ["</td><script>alert(2)</script>"] = "<img src=x onerror=alert(3)>", ["Steps"] = 5,
            },
            data = "<iframe src='https://example.org'>",
            device = "</script><script>alert(4)",
            torch = "\"><svg onload=alert(5)>",
        }));
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), "{\"Step\":1,\"DiscriminatorLoss\":1,\"GeneratorLoss\":1,"
            + "\"RealProbability\":1,\"FakeProbability\":1,\"Accuracy\":1}\n");
        File.WriteAllText(Path.Combine(run, "measures.json"), JsonSerializer.Serialize(new
        {
            steps = 1,
            seconds = 1,
            measures = new Dictionary<string, double> { ["<script>alert(6)</script>"] = 1 },
            note = "",
        }));
        File.WriteAllText(Path.Combine(run, "samples", "step-1.png"), "<script>alert(7)</script>");
        File.WriteAllText(Path.Combine(run, "samples", "step-2.csv"), "1,2\n<script>,3\n");
        await Good("report", "runs", "--out", "report");
        string page = File.ReadAllText(In("report", "report.html"));
        var scripts = page.Split("<script").Skip(1).ToList();
        Assert.DoesNotContain(scripts, script => script.StartsWith(">alert", StringComparison.Ordinal));
        Assert.DoesNotContain("<iframe", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg onload", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        // Every script that a browser would run is one of the policy.
        string policy = page.Split("script-src ")[1].Split(';')[0];
        foreach (string script in scripts.Where(s => s.StartsWith('>')))
        {
            string text = script[1..script.IndexOf("</script>", StringComparison.Ordinal)];
            Assert.Contains(Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))), policy,
                StringComparison.Ordinal);
        }
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        var list = await Good("runs", "runs");
        Assert.DoesNotContain('\u001b', list.Output);
        string source = File.ReadAllText(In("report", "report.ipynb"));
        Assert.NotNull(JsonNode.Parse(source));
    }

    [Fact]
    public async Task Report_PictureOfARun_StandsInThePage()
    {
        string run = Directory.CreateDirectory(In("a", "samples")).Parent!.FullName;
        File.WriteAllText(Path.Combine(run, "config.json"), "{\"settings\":{\"Steps\":1},\"data\":\"x\"}");
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
        File.WriteAllBytes(Path.Combine(run, "samples", "step-000000500.png"), png);
        await Good("report", "a", "--out", "page");
        string body = File.ReadAllText(Directory.GetFiles(In("page"), "*.html").Single());
        Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(png)}", body, StringComparison.Ordinal);
        Assert.Contains("a, step 500", body, StringComparison.Ordinal);
    }

    private string In(params string[] names) => Path.Combine([folder.Path, .. names]);

    private async Task<WorkbookProcess> Good(params string[] arguments)
    {
        var run = await Start(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Errors}");
        return run;
    }

    private Task<WorkbookProcess> Start(params string[] arguments) =>
        WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, arguments);

    private string Hash(string name) => string.Join('\n', Directory.GetFiles(In(name), "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(f => $"{f} {File.GetLastWriteTimeUtc(f).Ticks} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}"));
}
