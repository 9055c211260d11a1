using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Experiments;

/// <summary>
/// The result of a run of a sweep, in <c>result.json</c>. Everything but <see cref="Cost"/> is a function of the run's settings and of the
/// versions that it names.
/// </summary>
/// <param name="Run">Number of the run.</param>
/// <param name="Setting">Name of its setting.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Digest">Digest of all its settings.</param>
/// <param name="Steps">Step at which it was measured.</param>
/// <param name="Measures">Its measures by name; empty if it failed.</param>
public sealed record RunResult(
    int Run, string Setting, int Seed, string Digest, int Steps, IReadOnlyDictionary<string, double> Measures)
{
    /// <summary>Name of the file in the run's folder.</summary>
    public const string FileName = "result.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Why the run failed: its losses or its samples were not finite. Null for a run that reached its end.</summary>
    public string? Failure { get; init; }

    /// <summary>The versions that computed it.</summary>
    public RunVersions Versions { get; init; } = RunVersions.Unknown;

    /// <summary>What the run took. It is the only part that differs from machine to machine.</summary>
    public RunCost? Cost { get; init; }

    /// <summary>The part that does not depend on the machine, as JSON.</summary>
    public string Deterministic() => JsonSerializer.Serialize(this with { Cost = null }, Format);

    internal static RunResult Read(string path)
    {
        const string What = "the result of a run";
        try
        {
            return JsonSerializer.Deserialize<RunResult>(DataFiles.Guard(path, () => RegularFile.ReadText(path)), Format)
                ?? throw new DataFileException(path, What, "nothing");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new DataFileException(path, What, "something else; delete the file, and the run is measured again", error);
        }
    }

    internal void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Format) + "\n");
}

/// <summary>Versions of what computed a run.</summary>
/// <param name="Library">Version of this library.</param>
/// <param name="Build">Identity of its compiled code.</param>
/// <param name="Torch">Version of torch.</param>
/// <param name="Runtime">Version of .NET.</param>
public sealed record RunVersions(string Library, string Build, string Torch, string Runtime)
{
    internal static RunVersions Unknown { get; } = new("", "", "", "");

    internal static RunVersions Here() =>
        new(LibraryVersion.Here.Version, LibraryVersion.Here.Build, __version__, RuntimeInformation.FrameworkDescription);
}

/// <summary>What a run took.</summary>
/// <param name="Seconds">Time of its steps in seconds, those before interruptions included.</param>
/// <param name="Host">Machine that finished it.</param>
public sealed record RunCost(double Seconds, string Host);
