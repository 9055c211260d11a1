using System.Diagnostics;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training;

public sealed class StepClockTests
{
    // Whatever the machine does meanwhile, the steps took no longer than all that is around them.
    [Theory]
    [InlineData(0)]
    [InlineData(650)]
    public void SecondsPerStep_AfterARestart_CountsTheStepsSince(int begin)
    {
        var around = Stopwatch.StartNew();
        var clock = new StepClock();
        clock.Restart(begin);
        Thread.Sleep(20);
        double all = 50 * clock.SecondsPerStep(begin + 50);
        Assert.InRange(all, 0.015, around.Elapsed.TotalSeconds);
    }
}
