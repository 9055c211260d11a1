namespace GanNotebooks.Workbook.Training;

/// <summary>What <c>workbook train</c> was asked for.</summary>
/// <param name="Request">Data, model and settings, as far as they were given.</param>
/// <param name="Directory">Folder of the run.</param>
internal sealed record TrainOptions(TrainRequest Request, string Directory)
{
    /// <summary>Steps between two checkpoints and two sample grids, where nothing else is said.</summary>
    public const int UsualEvery = 500;

    /// <summary>Go on with the run that the folder holds.</summary>
    public bool Resume { get; init; }

    /// <summary>Where to compute.</summary>
    public DeviceWish Device { get; init; }

    /// <summary>Steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = UsualEvery;

    /// <summary>Steps between two sample grids.</summary>
    public int SampleEvery { get; init; } = UsualEvery;
}
