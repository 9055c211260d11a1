using System.Diagnostics;
using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>The tests that a device must pass. CI runs them on the CPU on every change.</summary>
internal static class DeviceSuite
{
    public static IReadOnlyList<DeviceTest> Tests { get; } =
    [
        .. NetworkCases.All, .. LossCases.All, .. PenaltyCases.All, .. RandomCases.All, .. TrainingCases.All, .. MemoryCases.All,
        .. BatchCases.All, .. PrecisionCases.All,
        new("suite", "no network, loss or penalty of the library is missing above",
            _ => Forgotten() is var names ? Finding.Exactly(names.Count, string.Join(", ", names)) : null!),
    ];

    /// <summary>Runs the tests in order. Each result is reported before the next test begins, because a test may end the process.</summary>
    /// <param name="skip">How many tests to skip at the beginning.</param>
    /// <param name="begin">Receives the name of a test before it runs.</param>
    /// <param name="end">Receives the result of each test.</param>
    public static void Run(bool cuda, int skip, Action<string, string> begin, Action<DeviceTestResult> end)
    {
        var device = DeviceChoice.For(cuda ? DeviceOption.Cuda : DeviceOption.Cpu).Device;
        backends.cudnn.allow_tf32 = backends.cuda.matmul.allow_tf32 = false;
        foreach (var test in Applicable(cuda).Skip(skip))
        {
            begin(test.Group, test.Name);
            end(Measure(test, device));
        }
    }

    public static IEnumerable<DeviceTest> Applicable(bool cuda) => Tests.Where(t => cuda || !t.NeedsGpu);

    private static DeviceTestResult Measure(DeviceTest test, Device device)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var scope = NewDisposeScope();
            var found = test.Run(device);
            return new DeviceTestResult(test.Group, test.Name, found.Passed, Finite(found.Difference), found.Tolerance, Seconds(watch),
                found.Note);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new DeviceTestResult(test.Group, test.Name, false, null, null, Seconds(watch),
                $"{error.GetType().Name}: {error.Message.Split('\n')[0]}");
        }
    }

    // A new type in these folders of the library needs a case here.
    private static List<string> Forgotten()
    {
        var covered = Tests.SelectMany(t => t.Covers).ToHashSet();
        var library = typeof(Lab).Assembly.GetTypes()
            .Where(t => t is { IsNested: false, IsInterface: false }
                && t.Namespace?.StartsWith("GanNotebooks.", StringComparison.Ordinal) == true);
        return [.. library.Where(MustHold).Where(t => !covered.Contains(t)).Select(t => t.Name)];
    }

    private static bool MustHold(Type type) =>
        typeof(nn.Module).IsAssignableFrom(type) && !type.IsAbstract || typeof(IAdversarialLoss).IsAssignableFrom(type)
            || type is { IsPublic: true } && type.Namespace == typeof(IDiscriminatorPenalty).Namespace;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double Seconds(Stopwatch watch) => Math.Round(watch.Elapsed.TotalSeconds, 3);
}
