using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Devices;

namespace GanNotebooks.Workbook.Tests.Devices;

public sealed class KitRecordTests
{
    [Fact]
    public void Add_EveryPart_LeavesAWholeRecordThatSaysHowFarItCame()
    {
        using var folder = new TemporaryFolder();
        var record = new KitRecord(Options(folder.Path, cuda: false), new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero), "0.1.0");
        record.Add("natives", new KitOutcome("passed", new JsonObject { ["libtorch"] = "2.10.0" }), 1, TimeSpan.FromSeconds(60), 1,
            finished: false);
        Assert.False(Json(folder)["finished"]!.GetValue<bool>());
        Assert.False(Json(folder)["passed"]!.GetValue<bool>()); // not yet
        Assert.Contains("The run did not come to its end.", Markdown(folder), StringComparison.Ordinal);
        Assert.Contains("this record says nothing about CUDA", Markdown(folder), StringComparison.Ordinal);

        record.Add("times", new KitOutcome("passed", null), 1, TimeSpan.FromSeconds(60), 2, finished: true);
        Assert.True(Json(folder)["passed"]!.GetValue<bool>());
        Assert.Contains("All of them passed.", Markdown(folder), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("cut")]
    [InlineData("crashed")]
    public void Add_APartThatDidNotPass_FailsTheWhole(string status)
    {
        using var folder = new TemporaryFolder();
        var record = new KitRecord(Options(folder.Path, cuda: true), default, "0.1.0");
        record.Add("tests", new KitOutcome(status, null, "a | b"), 1, TimeSpan.FromSeconds(60), 1, finished: false);
        record.Add("times", new KitOutcome("passed", null), 1, TimeSpan.FromSeconds(60), 1, finished: true);
        Assert.False(record.Passed || Json(folder)["passed"]!.GetValue<bool>());
        Assert.Contains("Not all of them passed.", Markdown(folder), StringComparison.Ordinal);
        Assert.Contains($"| tests | {status} | 1 | 60 | a \\| b |", Markdown(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "saw none")]
    [InlineData(0, "saw none")]
    [InlineData(1, "run on a CUDA device")]
    public void Meaning_CudaAskedFor_SaysWhetherADeviceWasSeen(int? devices, string meaning)
    {
        using var folder = new TemporaryFolder();
        var record = new KitRecord(Options(folder.Path, cuda: true), default, "0.1.0");
        record.Add("natives", new KitOutcome("passed", devices is { } count ? new JsonObject { ["CUDA devices"] = count } : null), 1,
            TimeSpan.Zero, 1, finished: true);

        Assert.Contains(meaning, Json(folder)["meaning"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_TestsAndTimes_AreTables()
    {
        using var folder = new TemporaryFolder();
        var record = new KitRecord(Options(folder.Path, cuda: true), default, "0.1.0");
        record.Add("tests", new KitOutcome("failed", new JsonArray(
            new JsonObject
            {
                ["group"] = "losses", ["name"] = "hinge", ["passed"] = false, ["difference"] = 0.25, ["tolerance"] = 2e-5,
                ["seconds"] = 0.1, ["note"] = "relative"
            },
            new JsonObject
            {
                ["group"] = "losses", ["name"] = "minimax", ["passed"] = true, ["difference"] = 0.0, ["tolerance"] = 2e-5,
                ["seconds"] = 0.1, ["note"] = ""
            })), 1, TimeSpan.Zero, 1, finished: false);
        record.Add("times", new KitOutcome("passed", new JsonObject
        {
            ["device"] = "cuda", ["threads"] = 1, ["torch"] = "2.10.0", ["pytorch"] = "2.10.0+cu130",
            ["cases"] = new JsonArray(new JsonObject
            {
                ["model"] = "dcgan", ["size"] = 64, ["batch"] = 64, ["width"] = 64,
                ["microseconds"] = 2000.0, ["pytorchMicroseconds"] = 5000.0
            }),
        }), 1, TimeSpan.Zero, 1, finished: true);
        string text = Markdown(folder);
        Assert.Contains("1 of 2 passed.", text, StringComparison.Ordinal);
        Assert.Contains("| losses: hinge | **failed** | 2.5E-1 | 2E-5 | 0.1 | relative |", text, StringComparison.Ordinal);
        Assert.Contains("| dcgan 64 | 64 | 64 |  | 2000 |  | 5000 | 2.50 |", text, StringComparison.Ordinal);
    }

    private static KitOptions Options(string folder, bool cuda) => new(TestPaths.Repository, cuda, folder, null, 100, []);

    private static JsonNode Json(TemporaryFolder folder) => JsonNode.Parse(File.ReadAllText(folder.File("record.json")))!;

    private static string Markdown(TemporaryFolder folder) => File.ReadAllText(folder.File("record.md"));
}
