using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>The checkpoint of another run that a run began from.</summary>
/// <param name="Run">Full path of the other run's folder, which may have moved since.</param>
/// <param name="Checkpoint">Name of the checkpoint's file.</param>
/// <param name="Step">Step of the checkpoint.</param>
/// <param name="Sha256">SHA-256 of the checkpoint, in hexadecimal digits.</param>
/// <param name="NetworksOnly">Whether only the networks were taken, so that the run began at step 0.</param>
public sealed record RunOrigin(string Run, string Checkpoint, int Step, string Sha256, bool NetworksOnly);

/// <summary>Begins runs from the checkpoints of others. The folder of the other run is read only.</summary>
internal static class RunBranch
{
    private const int Named = 3, Attempts = 3;

    // The state depends on them: shapes, positions and counters would no longer fit, or would mean something else.
    private static readonly string[] Kept =
        [nameof(TrainingConfig.BatchSize), nameof(TrainingConfig.NoiseDimension), nameof(TrainingConfig.Noise),
        nameof(TrainingConfig.Seed), nameof(TrainingConfig.Packing), nameof(TrainingConfig.Augmentation),
        nameof(TrainingConfig.DiscriminatorOptimizer) + ".type", nameof(TrainingConfig.GeneratorOptimizer) + ".type"];

    /// <summary>Whether a run may continue from a checkpoint with this change of its settings.</summary>
    public static bool MayChange(SettingChange change) =>
        !Kept.Any(key => change.Key == key || change.Key.StartsWith(key + ".", StringComparison.Ordinal))
        && !(change.Key == nameof(TrainingConfig.AverageHalfLife) && (change.Saved == "0" || change.Here == "0")); // it has no average

    /// <summary>Gives a run the state of another one's newest undamaged checkpoint.</summary>
    /// <exception cref="CheckpointException">There is none that fits.</exception>
    public static RunOrigin Load(KeptRun run, string from, Action<string> warn) => FromNewest(from, warn, path =>
    {
        var (state, digest) = Checkpoint.Load(run, path, state => state.RequireBranchFor(run, path));
        run.ForgetLastStep();
        return (state.Step, digest);
    }, networksOnly: false);

    /// <summary>Gives a trainer the networks of another run's newest undamaged checkpoint.</summary>
    /// <exception cref="CheckpointException">There is none, or its networks are others.</exception>
    public static RunOrigin LoadNetworks(Trainer trainer, string from, Action<string> warn) => FromNewest(from, warn, path =>
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var content = CheckpointFile.Open(path);
        var run = KeptRun.Of(trainer);
        var state = run.Read(content.Header, path);
        run.Adopt();
        var tensors = run.Tensors.Where(t => IsOfNetworks(t.Name)).ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        RequireAlike(path, from, content, run, tensors);
        var values = tensors.Keys.ToDictionary(k => k, k => content.Read(k, tensors[k]), StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
            tensor.copy_(values[name]);
        trainer.RestartAverage();
        return (state.Step, content.Digest);
    }, networksOnly: true);

    private static RunOrigin FromNewest(string from, Action<string> warn, Func<string, (int Step, string Digest)> load, bool networksOnly)
    {
        string folder = Path.GetFullPath(from);
        using var directory = new RunDirectory(folder); // reads the names only
        for (int attempt = 1; ; attempt++)
        {
            var checkpoints = directory.Checkpoints;
            if (checkpoints.Count == 0)
            {
                throw new CheckpointException($"{folder} holds no checkpoint of a run"
                    + (Directory.Exists(folder) ? "" : ": there is no such folder"));
            }

            var damages = new List<string>();
            foreach (string path in checkpoints)
            {
                try
                {
                    var (step, digest) = load(path);
                    damages.ForEach(warn);
                    return new RunOrigin(folder, Path.GetFileName(path), step, digest, networksOnly);
                }
                catch (CheckpointException damage) when (damage.IsDamage)
                {
                    damages.Add($"{damage.Message}; trying the previous checkpoint");
                }
            }

            // A run in training may have replaced all of them meanwhile.
            if (attempt == Attempts || directory.Checkpoints.SequenceEqual(checkpoints))
                throw new CheckpointException($"all checkpoints in {folder} are damaged", isDamage: true);
        }
    }

    private static bool IsOfNetworks(string name) => name.StartsWith("generator.", StringComparison.Ordinal)
        || name.StartsWith("discriminator.", StringComparison.Ordinal) || name.StartsWith("exact.", StringComparison.Ordinal);

    private static void RequireAlike(string path, string from, CheckpointContent content, KeptRun run, Dictionary<string, Tensor> here)
    {
        var there = content.Lengths;
        var shapes = Shapes(from, run);
        string[] odd =
        [
            .. here.Keys.Where(name => !there.ContainsKey(name)).Select(name => $"{name} is missing there"),
            .. there.Keys.Where(name => IsOfNetworks(name) && !here.ContainsKey(name)).Select(name => $"{name} is only there"),
            .. shapes.Where(s => here.TryGetValue(s.Key, out var own) && s.Value != Shape.Text(own.shape))
                .Select(s => $"{s.Key} has shape {s.Value} there and {Shape.Text(here[s.Key].shape)} here"),
            .. here.Where(t => !shapes.ContainsKey(t.Key) && there.TryGetValue(t.Key, out long length)
                && length != t.Value.numel() * t.Value.element_size())
                .Select(t => $"{t.Key} has {there[t.Key]} bytes there and {t.Value.numel() * t.Value.element_size()} here"),
        ];
        if (odd.Length > 0)
        {
            throw new CheckpointException($"{path} has other networks: {string.Join("; ", odd.Take(Named))}"
                + (odd.Length > Named ? $"; and {odd.Length - Named} more" : ""));
        }
    }

    // A checkpoint has lengths and no shapes; the description of the run has them, for parameters.
    private static Dictionary<string, string> Shapes(string from, KeptRun run)
    {
        string file = Path.Combine(from, "config.json");
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(file) || RegularFile.Fault(file) is not null
                || JsonNode.Parse(RegularFile.ReadText(file)) is not JsonObject described)
            {
                return shapes;
            }

            foreach (var (name, _) in run.Networks)
            {
                foreach (var (key, value) in described[name] as JsonObject ?? [])
                    shapes[$"{name}.{key}"] = $"{value}".Split(']')[0] + "]"; // behind it a type may stand
            }
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            shapes.Clear(); // lengths alone are compared
        }
        return shapes;
    }
}
