using GanNotebooks.Data;
using GanNotebooks.Experiments;

namespace GanNotebooks.Workbook.Experiments;

/// <summary>A study of the notebooks on a reader's own data: a sweep with the study's rows, trained here, and its table.</summary>
internal static class OwnDataStudy
{
    /// <summary>Folder of the sweep, such as <c>out/results/dropped-modes-on-points</c>.</summary>
    /// <param name="results">Folder of finished runs.</param>
    /// <param name="study">Name of the study.</param>
    /// <param name="data">Name of the data.</param>
    public static string Folder(string results, string study, string data)
    {
        var title = Path.GetFileNameWithoutExtension(OwnDataName.Parse(data).Title)
            .Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-');
        return Path.Combine(results, $"{study}-on-{string.Concat(title)}");
    }

    /// <summary>Trains what is missing, and writes the table of all rows.</summary>
    /// <param name="path">Folder of the sweep.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="cancel">Stops at checkpoints.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string path, SweepPlan plan, CancellationToken cancel)
    {
        var folder = SweepFolder.Create(path, plan);
        folder.RequireThisLibrary();
        var manifest = folder.Manifest;
        Console.Out.WriteLine($"{path}: {Count.Of(manifest.Runs.Count, "run")}, {Count.Of(manifest.Settings.Count, "row")} "
            + $"with {Count.Of(plan.Seeds.Count, "seed")} each. `workbook sweep run '{path}'` in a second terminal takes a part of them.");
        int code = new SweepSession(folder, new SweepOptions(path, CheckpointEvery: 500, RemovesCheckpoints: false, AnyLibrary: false),
            Console.Out).RunAll(cancel);
        if (code == ExitCode.Stopped)
        {
            Console.Out.WriteLine($"stopped at a checkpoint; the same command continues, and `workbook sweep status '{path}'` says how far "
                + "it is.");
            return code;
        }
        if (SweepStatus.Of(folder).Done > 0)
            Console.Out.Write(SweepTable.Of(folder, null, SweepTable.UsualBudget).ToString());
        return code;
    }
}
