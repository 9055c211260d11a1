using System.Globalization;
using GanNotebooks.Training;

namespace GanNotebooks.Workbook.Training;

/// <summary>What a run that begins from another one says of it: the checkpoint, what differs, and what falling rates do now.</summary>
internal static class TrainingStart
{
    private const int Digits = 12, Most = 8;

    /// <summary>The lines; none for a run that begins by itself.</summary>
    /// <param name="run">The new run.</param>
    /// <param name="before">The other run; null if its settings are not known.</param>
    /// <param name="trainer">The trainer of the new run.</param>
    public static IEnumerable<string> Lines(RecordedRequest run, RecordedRequest? before, Trainer trainer)
    {
        if (run.Origin is not { } origin || trainer.Step > 0 && before is null)
            yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{(origin.NetworksOnly ? "with the networks of" : "from")} step {origin.Step} of {origin.Run} "
                + $"(sha256 {origin.Sha256[..Digits]}…)")
            + (before is null ? "" : Changes(before, run));
        if (!origin.NetworksOnly && before is not null && Schedule(before.Recipe.Config, trainer) is { } schedule)
            yield return schedule;
    }

    private static string Changes(RecordedRequest before, RecordedRequest run)
    {
        var (had, now) = (before.Recipe.All, run.Recipe.All);
        string[] changes =
        [
            .. had.Keys.Union(now.Keys).Where(k => had.GetValueOrDefault(k) != now.GetValueOrDefault(k)).Order(StringComparer.Ordinal)
                .Select(k => $"{k} {had.GetValueOrDefault(k, ConfigSettings.None)} → {now.GetValueOrDefault(k, ConfigSettings.None)}"),
        ];
        return changes.Length == 0 ? ", with the same settings"
            : $"; {string.Join(", ", changes.Take(Most))}{(changes.Length > Most ? $" and {changes.Length - Most} more" : "")}";
    }

    // A rate is a function of the part of the run that is done, and that part is another one now.
    private static string? Schedule(TrainingConfig before, Trainer trainer)
    {
        var now = trainer.Config;
        if (before.FinalLearningRate == 1 && now.FinalLearningRate == 1)
            return null;
        double had = Part(before, trainer.Step), has = Part(now, trainer.Step);
        return string.Create(CultureInfo.InvariantCulture,
            $"learning rates: at {had:P0} of the first ones there; here they go on at {has:P0} and fall along half a cosine to "
                + $"{now.FinalLearningRate:P0} at step {now.Steps}");
    }

    private static double Part(TrainingConfig config, int step) =>
        config.LearningRateAt(config.GeneratorOptimizer, Math.Min(1, step / (double)config.Steps))
        / config.GeneratorOptimizer.LearningRate;
}
