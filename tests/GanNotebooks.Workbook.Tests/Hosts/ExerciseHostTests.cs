namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>Exercises in the released .NET Interactive kernel, as a reader in VS Code does them.</summary>
[Collection(RealHosts.Collection)]
[Trait("Category", "Slow")]
[Trait("Category", "Hosts")]
public sealed class ExerciseHostTests(RealHosts hosts)
{
    // Three exercises of three notebooks, wrong on purpose and then right, in one session.
    [Fact]
    public async Task Answers_InTheReleasedKernel_GetTheirFeedbackInSteps()
    {
        hosts.NeedTools();
        using var patience = HostProcess.Limited();
        await using var kernel = await StdioKernel.StartAsync(TestPaths.Repository.Notebooks, patience.Token);
        await kernel.SubmitAsync("#!import setup.csx", patience.Token);
        (string Exercise, string Answer, string Told)[] cases =
        [
            ("04.1", "null", "not solved yet"),
            ("04.1", "0.5", "Not yet: 0.5 is too small."),
            ("04.1", "0.25", "That is q/(p + q), the share of the fakes. Hint:"),
            ("04.1", "0.9", "The reason: p/(p + q)"),
            ("04.1", "0.75", "✓ right"),
            ("02.4", "1 / 50 / 4", "In C# 1 / 50 divides whole numbers and gives 0."),
            ("02.4", "0.3", "Not yet: 0.3 is too large."), // the slip of writing was no try
            ("02.4", "0.01", "That is the longest way inside a cell"),
            ("02.4", "0.005", "✓ right"),
            ("09.1", "0.4", "0.4 is too small"),
            ("09.1", "0.9163", "✓ right"),
        ];
        foreach (var (exercise, answer, told) in cases)
        {
            var events = await kernel.SubmitAsync($"double? answer = {answer};\nExercise.Answer(\"{exercise}\", answer)", patience.Token);
            Assert.Empty(events.SelectMany(e => e.Complaints));
            Assert.Contains(events, e => System.Net.WebUtility.HtmlDecode(e.Html).Contains(told, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("0,75", "0.75 in place of 0,75")]
    [InlineData("\"0.75\"", "without quotation marks")]
    [InlineData("ln(2)", "Math.Log is the natural logarithm")]
    public async Task WrongNotation_InTheReleasedKernel_IsExplained(string answer, string told)
    {
        hosts.NeedTools();
        using var patience = HostProcess.Limited();
        await using var kernel = await StdioKernel.StartAsync(TestPaths.Repository.Notebooks, patience.Token);
        await kernel.SubmitAsync("#!import setup.csx", patience.Token);
        var events = await kernel.SubmitAsync($"double? answer = {answer};\nExercise.Answer(\"04.1\", answer)", patience.Token);

        Assert.NotEmpty(events.SelectMany(e => e.Complaints));
        Assert.Contains(events, e => e.AllText.Contains(told, StringComparison.Ordinal));
    }
}
