using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;

#pragma warning disable CA2201 // the runtime's own exceptions are what these tests are about

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>What the one net under every command makes of an exception.</summary>
public sealed class FailuresTests
{
    [Fact]
    public void Line_AnyException_IsOneLineWithoutAStack()
    {
        Exception[] all =
        [
            new IOException("first\nsecond"), new UnauthorizedAccessException(), new ExternalException("torch says\nframe #0: x"),
            new Win32Exception(2), new OverflowException(), new OutOfMemoryException(), new ArgumentException("wrong", "name"),
            new ArgumentNullException("name"),
            new AggregateException(new IOException("inner")), new TargetInvocationException(new IOException("inner")),
            new TypeInitializationException("T", new DllNotFoundException("inner")), new NullReferenceException(),
            new InvalidCastException(), new IndexOutOfRangeException(), new StackOverflowException(), new KeyNotFoundException(),
            new UsageException("say this"),
            new Exception("\u001b[31m" + new string('x', 100_000)),
        ];
        Assert.All(all, error =>
        {
            string line = Failures.Line(error);
            Assert.InRange(line.Length, 5, 1100);
            Assert.DoesNotContain(line, char.IsControl);
            Assert.DoesNotContain("Parameter '", line, StringComparison.Ordinal);
            Assert.InRange(Failures.Code(error), 1, 2);
        });
    }

    [Theory]
    [InlineData("There is not enough memory", "DefaultCPUAllocator: can't allocate memory: you tried to allocate 5 bytes\nframe")]
    [InlineData("torch says", "torch says\nframe #0: x")]
    public void Line_ExceptionOfTorch_IsItsFirstLine(string line, string message)
    {
        Assert.StartsWith(line, Failures.Line(new ExternalException(message)), StringComparison.Ordinal);
        Assert.DoesNotContain("frame", Failures.Line(new ExternalException(message)), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_FaultOfTheProgram_SaysSoAndHowToSeeMore() =>
        Assert.Contains($"{Failures.TraceVariable}=1", Failures.Line(new NullReferenceException()), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 45, false)] // the record of the start
    [InlineData(1, 1, true)]
    [InlineData(50, 60, true)]
    public void TrainingLine_Record_IsShownWhileItSaysSomething(int step, int now, bool shown) =>
        Assert.Equal(shown, Training.TrainingLine.SaysSomething(step, now, recordEvery: 50));
}
