using System.CommandLine;
using GanNotebooks.Workbook.Devices;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook doctor: what is wrong with this machine, and how to mend it.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor", Description = "Look at this machine: SDK, native library, device, data, disk.";

    public static Command Create()
    {
        var full = PathOptions.Folder("--full",
            "The GPU kit: tests, notebook 10 and times on the device, each part bounded in time. Names the folder of the record.");
        var device = new Option<string>("--device")
        {
            Description = "Device of --full: cuda, or cpu for a rehearsal.",
            DefaultValueFactory = _ => "cuda"
        };
        device.OneOf("cpu", "cuda");
        var python = PathOptions.Program("--python", "For --full: a Python that has torch. Default: python3, if it has.");
        var steps = NumberOptions.Whole("--max-steps", "For --full: the most steps of a training run of notebook 10.");
        var only = new Option<string[]>("--only")
        {
            Description =
            $"For --full: parts, with commas between them: {string.Join(", ", KitOptions.Parts)}.",
            HelpName = "parts",
            CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(','))]
        };
        only.Validators.Add(result =>
        {
            foreach (string? unknown in result.Tokens.SelectMany(t => t.Value.Split(',')).Except(KitOptions.Parts))
                result.AddError($"--only: '{OneLine.Value(unknown)}' is none of {string.Join(", ", KitOptions.Parts)}.");
        });
        var part = new Option<string?>("--part") { Hidden = true };
        part.OneOf("natives", "tests");
        var skip = NumberOptions.Whole("--skip", "Tests that were made before.", usual: 0, least: 0, most: NumberOptions.Many);
        skip.Hidden = true;
        var command = new Command(Name, Description) { full, device, python, steps, only, part, skip, CommonOptions.LibTorch() };
        command.Validators.Add(result =>
        {
            if (result.GetResult(full) is null && result.GetResult(part) is null)
            {
                foreach (var option in new Option[] { device, python, steps, only }.Where(o => result.GetResult(o) is { Implicit: false }))
                    result.AddError($"{option.Name} belongs to --full, which is missing.");
            }
        });
        command.SetAction((parse, cancel) =>
        {
            bool cuda = parse.GetValue(device)!.Equals("cuda", StringComparison.OrdinalIgnoreCase);
            if (parse.GetValue(part) is { } name)
                return Task.FromResult(KitChild.Run(name, cuda, parse.GetValue(skip), Console.Out));
            if (parse.GetValue(full) is not { } folder)
                return Task.Run(() => Run(Repository.Find(), Console.Out), CancellationToken.None).WaitAsync(cancel);
            if (OutputFolder.Obstacle(Path.GetFullPath(folder)) is { } obstacle)
                throw new UsageException($"--full: {folder} cannot be written: {obstacle} Name another folder.");
            var options = new KitOptions(Repository.Find(), cuda, Path.GetFullPath(folder), parse.GetValue(python),
                parse.GetValue(steps) ?? KitOptions.UsualSteps(cuda), parse.GetValue(only) ?? []);
            return new DeviceKit(options, Console.Out).RunAsync(TimeProvider.System, cancel);
        });
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

        int bad = healths.Count(health => health is Health.Error);
        output.WriteLine(bad == 0
            ? "Notebooks can run on this machine."
            : $"{bad} of {healths.Count} need mending before notebooks can run.");
        return bad == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    // What cannot be looked at is a finding like another; the doctor goes on.
    private static Diagnosis Look(string what, Func<Diagnosis> look)
    {
        try
        {
            return look();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Diagnosis.Error(what, OneLine.Message(error.Message), "See who may read it.");
        }
    }

    private static IEnumerable<Diagnosis> Diagnoses(Repository repository)
    {
        yield return Look("platform", SystemChecks.Platform);
        yield return Look(".NET", SystemChecks.Sdk);
        yield return Look("memory", SystemChecks.Memory);
        yield return Look("disk", () => SystemChecks.Disk(repository));
        var built = Look("library", () => LibraryChecks.Built(repository));
        yield return built;
        if (built.Health is not Health.Error)
        {
            var torch = Look("torch", LibraryChecks.Torch);
            yield return torch;
            if (torch.Health is not Health.Error) // TorchSharp, asked again, would search and copy on its own, and say so at length
            {
                yield return Look("device", LibraryChecks.Device);
                yield return Look("CUDA", CudaChecks.Cuda);
            }
            yield return Look("hard links", LibraryChecks.Links);
            yield return Look("MNIST", DataChecks.Digits);
            yield return Look("Fashion-MNIST", DataChecks.Fashion);
            yield return Look("records", DataChecks.Records);
        }

        yield return Look("VS Code", () => EditorChecks.Polyglot(EditorChecks.Storages()));
        yield return Look("chromium", SystemChecks.Browser);
    }

    private static string Word(Health health) => health switch
    {
        Health.Good => "ok",
        Health.Optional => "optional",
        Health.Warning => "warning",
        Health.Error => "ERROR",
        _ => throw new ArgumentOutOfRangeException(nameof(health), health, "Unknown health."),
    };
}
