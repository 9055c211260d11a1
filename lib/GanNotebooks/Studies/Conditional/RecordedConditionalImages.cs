using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Interop;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="ConditionalImagesStudy"/>. It holds plain numbers.</summary>
/// <param name="Method">Name of the row, one of <see cref="ConditionalImagesRecipe.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Number of updates of G.</param>
/// <param name="Trajectory">Evaluations during the run; the last is at the end.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public sealed record RecordedConditionalImages(string Method, int Seed, int Steps,
    IReadOnlyList<ConditionalImagesEvaluation> Trajectory, double Seconds, JsonElement Description)
    : RecordedTrajectory<RecordedConditionalImages, ConditionalImagesEvaluation>(Trajectory, Seconds, Description)
{
    /// <summary>Name of the folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "conditional-images";

    /// <summary>The evaluation at the end of the run.</summary>
    public ConditionalImagesEvaluation End => Trajectory[^1];

    /// <summary>A measure at the end of the run.</summary>
    /// <param name="measure">Its name.</param>
    /// <exception cref="ArgumentException">The run has no such measure.</exception>
    public double this[string measure] => End[measure];

    /// <summary>Reads the runs that come with the repository, ordered by method and seed.</summary>
    /// <exception cref="DataFileException">The folder does not exist, or one of its files does not hold such a run.</exception>
    public static IReadOnlyList<RecordedConditionalImages> All() =>
        [.. Of(Study).OrderBy(r => ConditionalImagesRecipe.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>
    /// Loads the averaged generator that the first recorded run of a method produced. Stored as bfloat16, returned as float32, in
    /// evaluation mode. The caller disposes it.
    /// </summary>
    /// <param name="method">Name of the row.</param>
    /// <exception cref="InteropException">The weights are missing or damaged, or the repository does not hold them.</exception>
    public static ConditionalSampler Generator(string method)
    {
        var generator = ConditionalImagesRecipe.CreateGenerator(method, seed: 1);
        try
        {
            string folder = Path.Combine(DataFolder.Find(), "pretrained", Study);
            RecordedWeights.Load(generator, folder, FileName(method), RecordedWeights.Record(folder));
        }
        catch
        {
            generator.Dispose();
            throw;
        }
        return new ConditionalSampler(generator, new ConditionalImagesRecipe().Config(method, seed: 1).NoiseDimension);
    }

    internal static string FileName(string method) => method.Replace(" + ", "-", StringComparison.Ordinal)
        .Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant();
}

/// <summary>Measures of a conditional generator at one moment.</summary>
/// <param name="Step">Number of updates of G so far.</param>
/// <param name="Measures">The measures by name; shares and errors, without units unless the name says one.</param>
public sealed record ConditionalImagesEvaluation(int Step, IReadOnlyDictionary<string, double> Measures)
{
    /// <summary>A measure.</summary>
    /// <param name="measure">Its name.</param>
    /// <exception cref="ArgumentException">There is no such measure.</exception>
    public double this[string measure] => Measures.TryGetValue(measure, out double value)
        ? value
        : throw new ArgumentException($"no measure is called '{measure}'; there are {string.Join(", ", Measures.Keys)}.", nameof(measure));
}
