using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training;

public sealed class TrainingProgressTests : IDisposable
{
    private const string Progress = "GanNotebooks.Host.Progress";

    private readonly List<(double Fraction, string Text)> reports = [];

    public TrainingProgressTests() =>
        AppContext.SetData(Progress, (Action<string, double, string>)((_, fraction, text) => reports.Add((fraction, text))));

    public void Dispose() => AppContext.SetData(Progress, null);

    [Fact]
    public void Dispose_BeforeTheLastStep_SaysWhereItStopped()
    {
        RunTo(3);
        Assert.Equal((0.75, "stopped at step 3 of 4"), reports[^1]);
    }

    [Fact]
    public void Dispose_AfterTheLastStep_SaysDone()
    {
        RunTo(4);
        Assert.Equal((1, "done"), reports[^1]);
    }

    private static void RunTo(int step)
    {
        using var progress = new TrainingProgress("run", start: 1, steps: 4);
        progress.Report(step, new History());
    }
}
