using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using GanNotebooks.Workbook.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Runs;

/// <summary>Samples and weights out of the newest undamaged checkpoint of a run. The run's folder is read only.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Index">Number of the batch of noise; the same index gives the same samples.</param>
/// <param name="Columns">Images in a row of the picture.</param>
internal sealed record RunExport(int Samples, int Index, int Columns)
{
    /// <summary>File of the picture; null for none.</summary>
    public string? Png { get; init; }

    /// <summary>File of the samples for NumPy; null for none.</summary>
    public string? Npy { get; init; }

    /// <summary>File of the samples of points as text; null for none.</summary>
    public string? Csv { get; init; }

    /// <summary>Folder of the weights; null for none.</summary>
    public string? Weights { get; init; }

    /// <summary>Writes what was asked for.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="warn">Receives a line about a damaged checkpoint.</param>
    /// <returns>A line for each file.</returns>
    /// <exception cref="CheckpointException">There is no undamaged checkpoint.</exception>
    /// <exception cref="DataFileException">The run has no settings, or its data files are missing.</exception>
    /// <exception cref="UsageException">Its samples have no such form.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IReadOnlyList<string> Write(string folder, Action<string> warn)
    {
        var recipe = RecordedRequest.Read(folder).Recipe;
        if (recipe.IsImages && Csv is not null)
            throw new UsageException("--csv is for points; the samples of this run are images: --png, --npy.");
        if (!recipe.IsImages && Png is not null)
            throw new UsageException("--png is for images; the samples of this run are points: --csv, --npy.");
        using var trainer = recipe.Create(CPU);
        Load(trainer, folder, warn);
        bool averaged = trainer.Config.AverageHalfLife > 0;
        string what = string.Create(CultureInfo.InvariantCulture,
            $"{Samples} samples of step {trainer.Step}{(averaged ? ", averaged G" : "")}");
        var lines = new List<string>();
        if ((Png ?? Npy ?? Csv) is not null)
        {
            using var samples = trainer.Sample(Samples, Index, averaged);
            Put(Png, file => PngFile.Write(file, samples, Columns));
            Put(Npy, file => NumpyFile.Write(file, samples));
            Put(Csv, file => AtomicFile.WriteText(file, PointsText.Of(samples)));
        }

        if (Weights is { } weights)
        {
            Pretrained.Save(weights, trainer, recipe);
            if (averaged)
                trainer.WithAverage(g => g.save_py(Path.Combine(weights, "generator.pth")));
            else
                trainer.Generator.save_py(Path.Combine(weights, "generator.pth"));
            trainer.Discriminator.save_py(Path.Combine(weights, "discriminator.pth"));
            lines.Add($"{weights}: generator and discriminator, .safetensors and .pth");
        }
        return lines;

        void Put(string? file, Action<string> write)
        {
            if (file is null)
                return;
            write(file);
            lines.Add($"{file}: {what}");
        }
    }

    private static void Load(Trainer trainer, string folder, Action<string> warn)
    {
        using var directory = new RunDirectory(folder); // reads the names only
        foreach (string path in directory.Checkpoints)
        {
            try
            {
                trainer.Load(path);
                return;
            }
            catch (CheckpointException damage) when (damage.IsDamage)
            {
                warn($"{damage.Message}; trying the previous checkpoint");
            }
        }
        throw new CheckpointException($"{folder} holds no undamaged checkpoint");
    }
}
