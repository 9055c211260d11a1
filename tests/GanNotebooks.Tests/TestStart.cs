using System.Runtime.CompilerServices;

// torch's seed, thread count and live-tensor count belong to the process: its tests run one after another.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace GanNotebooks.Tests;

internal static class TestStart
{
#pragma warning disable CA2255 // Native torch must be loaded before the first torch call, whatever test comes first.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadNatives()
    {
        Runtime.Files.WriterChild.RunIfAsked(); // it needs no torch
        RuntimeHelpers.RunModuleConstructor(typeof(Lab).Module.ModuleHandle);
        Training.KillChild.RunIfAsked();
    }
}
