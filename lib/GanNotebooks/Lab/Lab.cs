using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using TorchSharp;

namespace GanNotebooks;

/// <summary>
/// The entry point of every notebook. Opening the lab sets everything that a result depends on (seed, device, profile, thread count) and
/// prints it in one line.
/// <code>var lab = Lab.Open("04-optimal-discriminator");</code>
/// </summary>
public sealed class Lab
{
    /// <summary>The seed of every notebook, unless another one is requested.</summary>
    public const int DefaultSeed = 2014;

    private Lab(string notebook, int seed, Profile profile, DeviceChoice device, int threads, int? maxSteps) =>
        (Notebook, Seed, Profile, Choice, Threads, MaxSteps) = (notebook, seed, profile, device, threads, maxSteps);

    /// <summary>Name of the notebook.</summary>
    public string Notebook { get; }

    /// <summary>Seed of torch and of everything else that is random.</summary>
    public int Seed { get; }

    /// <summary>The profile, which sets the amount of work.</summary>
    public Profile Profile { get; }

    /// <summary>The device to compute on.</summary>
    public torch.Device Device => Choice.Device;

    /// <summary>Number of torch threads. The same number on the same machine gives bitwise equal results.</summary>
    public int Threads { get; }

    /// <summary>
    /// Upper bound of the steps that <see cref="Steps"/> returns; null, the default, for no bound. The environment variable
    /// GAN_NOTEBOOKS_MAX_STEPS sets it.
    /// </summary>
    public int? MaxSteps { get; }

    private DeviceChoice Choice { get; }

    /// <summary>Opens the lab for a notebook.</summary>
    /// <param name="notebook">Name of the notebook, such as <c>00-start-here</c>.</param>
    /// <param name="seed">Seed of the notebook; the environment variable GAN_NOTEBOOKS_SEED overrides it.</param>
    /// <param name="profile">Amount of work; GAN_NOTEBOOKS_PROFILE (quick, full) overrides it.</param>
    /// <param name="device">Device to compute on; GAN_NOTEBOOKS_DEVICE (auto, cpu, cuda) overrides it.</param>
    /// <param name="threads">Number of torch threads; more than one slows small networks down.</param>
    /// <exception cref="TorchLoadException">Torch does not work on this machine; the message gives the cause and a remedy.</exception>
    /// <exception cref="InvalidOperationException">Another Plotly.NET was loaded before the library.</exception>
    /// <exception cref="ArgumentException">An environment variable has an invalid value.</exception>
    public static Lab Open(string notebook, int seed = DefaultSeed, Profile profile = Profile.Quick, DeviceOption device = DeviceOption.Cpu,
        int threads = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(notebook);
        if (LibraryInitializer.Failure is { } failure)
            throw failure as TorchLoadException ?? new TorchLoadException($"The library could not start: {failure.Message}", failure);
        if (PlotlyIsolation.Conflict is { } conflict)
            throw new InvalidOperationException(conflict);
        var choice = DeviceChoice.For(Setting("DEVICE", device));
        int chosenSeed = WholeNumber("SEED", 0) ?? seed;
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        torch.set_num_threads(threads);
        // by default torch rounds convolutions on a GPU to eleven bits
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = false;
        torch.random.manual_seed(chosenSeed);
        var lab = new Lab(notebook, chosenSeed, Setting("PROFILE", profile), choice, threads, WholeNumber("MAX_STEPS", 1));
        Console.WriteLine(lab);
        if (NativeTorch.Report.Warning is { } warning)
            Console.WriteLine(warning);
        NotebookHost.Record("Opened", lab.ToJson());
        InteractiveKernel.SuppressWarnings();
        PlotlyScript.Begin();
        return lab;
    }

    /// <summary>Returns one of two values, by profile: <c>lab.Pick(quick: 500, full: 20_000)</c>.</summary>
    /// <param name="quick">Value for a run of a minute on two cores.</param>
    /// <param name="full">Value of the published set-up.</param>
    public T Pick<T>(T quick, T full) => Profile == Profile.Quick ? quick : full;

    /// <summary>
    /// Returns the number of steps of a training run, by profile, but at most <see cref="MaxSteps"/>. This bound allows a short trial of a
    /// full run.
    /// </summary>
    /// <param name="quick">Number of steps for a run of a minute on two cores.</param>
    /// <param name="full">Number of steps of the published set-up.</param>
    public int Steps(int quick, int full) => Math.Min(Pick(quick, full), MaxSteps ?? int.MaxValue);

    /// <summary>
    /// Creates a torch generator, seeded with the lab's seed plus <paramref name="offset"/>. It is on the CPU, because TorchSharp has no
    /// other generators. The tensors that the library draws from it may be on any device.
    /// </summary>
    public torch.Generator Generator(int offset = 0) => new((ulong)(Seed + offset));

    /// <summary>Returns the line that <see cref="Open"/> prints, with everything that a result depends on.</summary>
    public override string ToString() =>
        $"{Notebook}: seed {Seed}, profile "
            + $"{Profile.ToString().ToLowerInvariant()}{(MaxSteps is { } most ? $", at most {most} steps a run" : "")}, on "
                + $"{Choice.Reason}, {Threads} {(Threads == 1 ? "thread" : "threads")}, TorchSharp {TorchSharpVersion}.";

    private static string TorchSharpVersion => typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "?";

    [SuppressMessage("Globalization", "CA1308", Justification = "The command line's own spelling.")]
    private string ToJson()
    {
        var json = new JsonObject
        {
            ["notebook"] = Notebook,
            ["profile"] = Profile.ToString().ToLowerInvariant(),
            ["seed"] = Seed,
            ["device"] = Device.ToString(),
            ["threads"] = Threads,
            ["versions"] = new JsonObject
            {
                ["GanNotebooks"] = typeof(Lab).Assembly.GetName().Version?.ToString(3),
                ["TorchSharp"] = TorchSharpVersion,
                ["libtorch"] = torch.__version__,
                [".NET"] = Environment.Version.ToString(),
            },
        };
        if (MaxSteps is { } most)
            json["maxSteps"] = most;
        return json.ToJsonString();
    }

    private static T Setting<T>(string name, T otherwise) where T : struct, Enum
    {
        string? value = Environment.GetEnvironmentVariable("GAN_NOTEBOOKS_" + name);
        if (string.IsNullOrEmpty(value))
            return otherwise;
        return Enum.TryParse<T>(value, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw new ArgumentException($"GAN_NOTEBOOKS_{name} is '{value}'; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static int? WholeNumber(string name, int least)
    {
        string? value = Environment.GetEnvironmentVariable("GAN_NOTEBOOKS_" + name);
        if (string.IsNullOrEmpty(value))
            return null;
        return int.TryParse(value, out int number) && number >= least
            ? number
            : throw new ArgumentException($"GAN_NOTEBOOKS_{name} is '{value}'; it must be a whole number, {least} or larger.");
    }
}

/// <summary>The amount of work of a notebook. The profiles differ in the numbers only; the cells are the same.</summary>
public enum Profile
{
    /// <summary>The work of about a minute on two CPU cores.</summary>
    Quick,

    /// <summary>The published set-ups and many seeds. They take hours on a CPU; a GPU is preferable.</summary>
    Full,
}
