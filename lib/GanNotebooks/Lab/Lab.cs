using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using TorchSharp;

namespace GanNotebooks;

/// <summary>
/// The reader's way in. Opening the lab fixes what a result depends on - seed, device, profile, thread count - and says so in one line.
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

    /// <summary>The amount of work.</summary>
    public Profile Profile { get; }

    /// <summary>The device to compute on.</summary>
    public torch.Device Device => Choice.Device;

    /// <summary>Threads that torch uses. Results are repeatable bit for bit on the same machine with the same number.</summary>
    public int Threads { get; }

    /// <summary>
    /// The most steps that <see cref="Steps"/> gives; null when there is no such bound, as usual. Environment variable
    /// GAN_NOTEBOOKS_MAX_STEPS.
    /// </summary>
    public int? MaxSteps { get; }

    private DeviceChoice Choice { get; }

    /// <summary>Opens the lab for a notebook.</summary>
    /// <param name="notebook">Name of the notebook, such as <c>00-start-here</c>.</param>
    /// <param name="seed">Seed; environment variable GAN_NOTEBOOKS_SEED overrides it.</param>
    /// <param name="profile">Amount of work; GAN_NOTEBOOKS_PROFILE (quick, full) overrides it.</param>
    /// <param name="device">Device; GAN_NOTEBOOKS_DEVICE (auto, cpu, cuda) overrides it.</param>
    /// <param name="threads">Threads that torch may use; more than one slows small networks down.</param>
    /// <exception cref="TorchLoadException">Torch does not work on this machine; the message says why and what to do.</exception>
    /// <exception cref="InvalidOperationException">Another Plotly.NET was loaded before the library.</exception>
    /// <exception cref="ArgumentException">An environment variable has a value that is not one of these.</exception>
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
        // torch rounds convolutions on a GPU to eleven bits unless told not to
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

    /// <summary>One of two values, by profile: <c>lab.Pick(quick: 500, full: 20_000)</c>.</summary>
    /// <param name="quick">The value for a minute on two cores.</param>
    /// <param name="full">The value of the published set-up.</param>
    public T Pick<T>(T quick, T full) => Profile == Profile.Quick ? quick : full;

    /// <summary>
    /// Steps of a training run, by profile, but never more than <see cref="MaxSteps"/>: a full run can be tried out before it is made.
    /// </summary>
    /// <param name="quick">Steps for a minute on two cores.</param>
    /// <param name="full">Steps of the published set-up.</param>
    public int Steps(int quick, int full) => Math.Min(Pick(quick, full), MaxSteps ?? int.MaxValue);

    /// <summary>
    /// A torch generator, seeded with the lab's seed plus <paramref name="offset"/>. It is on the CPU, as TorchSharp has no others; what
    /// the library draws from it may be on any device.
    /// </summary>
    public torch.Generator Generator(int offset = 0) => new((ulong)(Seed + offset));

    /// <summary>The line that was printed: what a result depends on.</summary>
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

/// <summary>The amount of work of a notebook. The cells are the same, the numbers differ.</summary>
public enum Profile
{
    /// <summary>A minute on two CPU cores.</summary>
    Quick,

    /// <summary>The published set-ups and many seeds: hours on a CPU, better on a GPU.</summary>
    Full,
}
