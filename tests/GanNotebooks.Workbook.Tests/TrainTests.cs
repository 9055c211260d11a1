using System.Net;

namespace GanNotebooks.Workbook.Tests;

public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_ShortRun_WritesTheRunAndRefusesASecondOneWithoutResume()
    {
        var first = await Train("--data", "ring", "--model", "mlp", "--steps", "20", "--sample-every", "10");
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("step 20 of 20 (100 %)", first.Output, StringComparison.Ordinal);
        Assert.All(["config.json", "metrics.jsonl", "samples/step-000000010.csv", "checkpoints/step-000000020.checkpoint"],
            name => Assert.True(File.Exists(Path.Combine(folder.Path, "run", name)), name));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.Path, "run", "tensorboard")));

        var second = await Train("--data", "ring", "--model", "mlp", "--steps", "20");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("holds a run already. Add --resume", second.Errors, StringComparison.Ordinal);

        var other = await Train("--steps", "30", "--seed", "5", "--resume");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("--steps 20, not 30, --seed 2014, not 5", other.Errors, StringComparison.Ordinal);

        var again = await Train("--resume");
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Contains("was finished already", again.Output, StringComparison.Ordinal);
    }

    // Printed, kept as a file and given back, the settings make the same run; --set goes before all others.
    [Fact]
    public async Task Train_PrintedSettings_MakeTheSameRunAgain()
    {
        string[] options = ["--data", "ring", "--model", "plain", "--steps", "9", "--set", "Loss=hinge", "--set", "penalty=R1(0.5)",
            "--set", "GeneratorOptimizer.LearningRate=1e-3", "--set", "Steps=20"];
        var printed = await Workbook(["train", .. options, "--print-settings"]);
        Assert.True(printed.ExitCode == 0, printed.Errors);
        string file = folder.Write("settings.json", printed.Output);
        Assert.Contains("\"Penalty.OnReal\": 0.5", printed.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await Train(options)).ExitCode);
        string other = Path.Combine(folder.Path, "other");
        var again = await Workbook("train", "--settings", file, "--run", other);
        Assert.True(again.ExitCode == 0, again.Errors);
        foreach (string name in new[] { "train.json", "samples/step-000000020.csv", "weights/generator.safetensors" })
        {
            string[] both = [.. new[] { Path.Combine(folder.Path, "run"), other }.Select(run => Path.Combine(run, name))];
            Assert.True(File.ReadAllBytes(both[0]).AsSpan().SequenceEqual(File.ReadAllBytes(both[1])), name);
        }

        var different = await Train("--resume", "--set", "Loss=Minimax");
        Assert.Equal(2, different.ExitCode);
        Assert.Contains("--set Loss Hinge, not Minimax", different.Errors, StringComparison.Ordinal);
    }

    // Objects in objects, in any order.
    [Fact]
    public async Task Train_NestedSettings_AreTheSame()
    {
        string file = folder.Write("nested.json", """
            { "Penalty": { "OnReal": 0.5, "type": "R2" }, "Steps": 20, "Model": "plain", "Data": "ring", "InstanceNoise": null }
            """);
        var printed = await Workbook("train", "--settings", file, "--print-settings");
        Assert.True(printed.ExitCode == 0, printed.Errors);
        Assert.Contains("\"Penalty.OnFake\": 1,", printed.Output, StringComparison.Ordinal);
        Assert.Contains("\"Penalty.OnReal\": 0.5,", printed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Steps": [1, 2] }""", "a list as Steps; a setting has one value")]
    [InlineData("""{ "Steps": 1, "Steps": 2 }""", "or a name twice")]
    [InlineData("[]", "JSON that is no object")]
    [InlineData("", "text that is not JSON")]
    [InlineData("""{ "Data": "ring", "Model": "plain", "Stepps": 5 }""", "no setting is called 'Stepps'; the nearest is Steps")]
    [InlineData("""{ "Data": "ring", "Model": "plain", "Width": 5 }""", "Width is for the models dcgan and residual")]
    public async Task Train_WrongSettingsFile_SaysWhatIsWrongInOneLine(string text, string words)
    {
        var run = await Train("--settings", folder.Write("wrong.json", text));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "run")));
    }

    [Fact]
    public async Task Train_FolderInUse_SaysSoAndNotThatTheDiskIsFull()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "run"));
        using var other =
            new FileStream(Path.Combine(folder.Path, "run", "run.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var run = await Train("--data", "ring", "--model", "mlp", "--steps", "20");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is in use: another process", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Writing failed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_BatchLargerThanTheData_IsRefused()
    {
        var run = await Train("--data", "mnist", "--model", "dcgan", "--width", "4", "--batch", "60001");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a batch of 60,001 is larger than the 60,000 images of mnist", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_NewRunWithoutModel_SaysWhatIsMissing()
    {
        var run = await Train("--data", "ring");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("A new run needs --data (mnist, fashion, stacked, ring, wide-ring, grid, folder:DIR, csv:FILE) and --model",
            run.Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--width", "32", "--width is for the models dcgan and residual")]
    [InlineData("--d-rate", "0.1", "--d-rate and --g-rate are for the model dcgan")]
    [InlineData("--packing", "2", "--packing is for the models plain and dcgan")]
    [InlineData("--bfloat16", "true", "--bfloat16 is for the models dcgan and residual")]
    public async Task Train_OptionWithoutMeaningForTheModel_IsRefused(string option, string value, string message)
    {
        var run = await Train("--data", "ring", "--model", "mlp", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    // What the report tells a reader to type.
    [Theory]
    [InlineData("ring", "mlp")]
    [InlineData("ring", "plain", "Packing=2", "SpectralNorm=true", "MinibatchDeviation=true", "Penalty=R1(0.1)", "DiscriminatorSteps=2")]
    [InlineData("mnist", "mlp", "Loss=Hinge")]
    [InlineData("mnist", "dcgan", "Width=8", "DiscriminatorWidth=4", "Packing=2", "BFloat16=true", "GeneratorRate=2e-4")]
    [InlineData("mnist", "residual", "Width=4", "Loss=Hinge")]
    public async Task Train_CommandOfTheReport_HasTheSettingsOfTheRun(string data, string model, params string[] changes)
    {
        string[] options =
            ["--data", data, "--model", model, "--steps", "1", "--batch", "4", .. changes.SelectMany(c => new[] { "--set", c })];
        var run = await Train(options);
        Assert.True(run.ExitCode == 0, run.Errors);
        var report = await Workbook("report", Path.Combine(folder.Path, "run"), "--out", Path.Combine(folder.Path, "report"));
        Assert.True(report.ExitCode == 0, report.Errors);
        string page = WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(folder.Path, "report", "report.html")));
        string command = page.Split('\n').Last(line => line.Contains("workbook train ", StringComparison.Ordinal));
        string[] words = command[(command.IndexOf("workbook train ", StringComparison.Ordinal) + "workbook ".Length)..].Split(' ');
        Assert.Equal("--run", words[^2]);
        var again = await Workbook([.. words[..^2], "--print-settings"]);
        Assert.True(again.ExitCode == 0, $"{command}: {again.Errors}");
        Assert.Equal((await Workbook(["train", .. options, "--print-settings"])).Output, again.Output);
    }

    [Fact]
    public async Task Train_UnknownData_IsSaidInALine()
    {
        var run = await Train("--data", "cats", "--model", "mlp");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--data: 'cats' is none of mnist, fashion, stacked, ring, wide-ring, grid, folder:DIR, csv:FILE.", run.Errors,
            StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.DoesNotContain("--checkpoint-every", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_DigitsInterrupted_SavesAndResumesToTheEnd()
    {
        string[] arguments = ["--data", "mnist", "--model", "dcgan", "--width", "2", "--batch", "8", "--steps", "600", "--checkpoint-every",
            "20", "--sample-every", "600"];
        using (var process = Shell.Start(folder.Path, $"exec $W train --run run {string.Join(' ', arguments)}"))
        {
            while (Checkpoints().Length == 0 && !process.HasExited)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            Shell.Signal(process, "INT");
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("a checkpoint is written", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
        var rest = await Train("--resume", "--checkpoint-every", "20", "--sample-every", "600");
        Assert.True(rest.ExitCode == 0, rest.Errors);
        Assert.True(File.Exists(Path.Combine(folder.Path, "run", "samples", "step-000000600.png")));
    }

    [Theory]
    [InlineData("grid", "dcgan", "the model dcgan is for images")]
    [InlineData("stacked", "mlp", "the model mlp is for grey images and points; stacked takes the models dcgan and residual")]
    public async Task Train_ModelThatDoesNotFitTheData_IsNamed(string data, string model, string message)
    {
        var run = await Train("--data", data, "--model", model);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    // Colour, packs and reduced precision at once; a run that goes on keeps all three.
    [Fact]
    public async Task Train_PackedStacksInBFloat16_LeaveARecordAndResumeWithoutOptions()
    {
        var first = await Train("--data", "stacked", "--model", "dcgan", "--width", "2", "--batch", "4", "--steps", "3", "--packing", "2",
            "--bfloat16");
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Contains("3 steps of 8", first.Output, StringComparison.Ordinal);
        Assert.Contains("bfloat16", first.Output, StringComparison.Ordinal);
        string record = File.ReadAllText(Path.Combine(folder.Path, "run", "weights", "record.json"));
        Assert.Contains("--packing 2 --bfloat16", record, StringComparison.Ordinal);
        Assert.Contains("[2, 6, 4, 4] BFloat16", record, StringComparison.Ordinal);
        Assert.Contains("\"channels\": 3", record, StringComparison.Ordinal);
        Assert.Contains("\"packing\": 2", record, StringComparison.Ordinal);
        var again = await Train("--resume");
        Assert.True(again.ExitCode == 0, again.Errors);
        var other = await Train("--resume", "--packing", "3", "--bfloat16", "false");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("--bfloat16 true, not false, --packing 2, not 3", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_BatchOfZero_IsAUsageError() =>
        Assert.Equal(2, (await Train("--data", "ring", "--model", "mlp", "--batch", "0")).ExitCode);

    [Fact]
    public async Task Train_FolderWithoutLibtorch_IsNamed()
    {
        var run = await Train("--data", "ring", "--model", "mlp", "--libtorch", folder.Path);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(folder.Path, run.Errors, StringComparison.Ordinal);
        Assert.Contains("named by --libtorch", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method", "GAN")]
    [InlineData("--steps", "10")]
    public async Task Study_OptionOfAnotherStudy_IsAUsageError(string option, string value)
    {
        var run = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken,
            ["study", "dcgan-gradients", option, value]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{option} is for rotating-ring", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gan", 0)]
    [InlineData("PacGAN5", 2)]
    public async Task Study_MethodByName_MindsNoCapitals(string method, int exitCode)
    {
        string[] results = ["--out", folder.Path, "--scratch", folder.Path];
        var run = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken,
            ["study", "rotating-ring", "--method", method, "--seeds", "1", "--steps", "2", .. results]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 0, File.Exists(Path.Combine(folder.Path, "rotating-ring", "GAN-2-seed1.json")));
    }

    [Fact]
    public async Task Train_RunIsAFile_IsAUsageError()
    {
        File.WriteAllText(Path.Combine(folder.Path, "run"), "");
        var run = await Train("--data", "ring", "--model", "mlp");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("run is a file", run.Errors, StringComparison.Ordinal);
    }

    private string[] Checkpoints() =>
        Directory.Exists(Path.Combine(folder.Path, "run", "checkpoints"))
            ? Directory.GetFiles(Path.Combine(folder.Path, "run", "checkpoints"), "*.checkpoint")
            : [];

    private Task<WorkbookProcess> Train(params string[] arguments) =>
        WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, ["train", "--run", "run", .. arguments]);

    private Task<WorkbookProcess> Workbook(params string[] arguments) =>
        WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, arguments);
}
