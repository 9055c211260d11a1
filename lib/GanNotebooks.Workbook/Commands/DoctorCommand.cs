using System.CommandLine;
using GanNotebooks.Workbook.Doctoring;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook doctor: what is wrong with this machine, and how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Look at this machine: SDK, native library, device, data, disk.") { CommonOptions.LibTorch() };
        command.SetAction(_ => Run(Repository.Find(), Console.Out));
        return command;
    }

    public static int Run(Repository repository, TextWriter output)
    {
        var healths = new List<Health>();
        foreach (var diagnosis in Diagnoses(repository))
        {
            healths.Add(diagnosis.Health);
            output.WriteLine($"{Word(diagnosis.Health),-9}{diagnosis.What,-15}{diagnosis.Found}");
            if (diagnosis.Remedy != "")
                output.WriteLine($"{"",-24}-> {diagnosis.Remedy}");
        }

        var bad = healths.Count(health => health is Health.Bad);
        output.WriteLine(bad == 0 ? "Notebooks can run on this machine." : $"{bad} of {healths.Count} need mending before notebooks can run.");
        return bad == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static IEnumerable<Diagnosis> Diagnoses(Repository repository)
    {
        yield return SystemChecks.Platform();
        yield return SystemChecks.Sdk();
        yield return SystemChecks.Memory();
        yield return SystemChecks.Disk(repository);
        var built = LibraryChecks.Built(repository);
        yield return built;
        if (built.Health is not Health.Bad)
        {
            var torch = LibraryChecks.Torch();
            yield return torch;
            if (torch.Health is not Health.Bad) // TorchSharp, asked again, would search and copy on its own, and say so at length
            {
                yield return LibraryChecks.Device();
                yield return CudaChecks.Cuda();
            }
            yield return LibraryChecks.Links();
            yield return DataChecks.Digits();
            yield return DataChecks.Fashion();
        }

        yield return EditorChecks.Polyglot(EditorChecks.Storages());
        yield return SystemChecks.Browser();
    }

    private static string Word(Health health) => health switch
    {
        Health.Good => "ok",
        Health.Optional => "optional",
        Health.Poor => "poor",
        Health.Bad => "BAD",
        _ => throw new ArgumentOutOfRangeException(nameof(health), health, "Unknown health."),
    };
}
