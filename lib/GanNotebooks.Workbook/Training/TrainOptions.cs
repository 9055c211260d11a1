using GanNotebooks.Training;

namespace GanNotebooks.Workbook.Training;

/// <summary>What <c>workbook train</c> was asked for.</summary>
/// <param name="Recipe">Data, model and settings.</param>
/// <param name="Directory">Folder of the run.</param>
internal sealed record TrainOptions(TrainingRecipe Recipe, string Directory)
{
    /// <summary>Go on with the run that the folder holds.</summary>
    public bool Resume { get; init; }

    /// <summary>Where to compute.</summary>
    public DeviceWish Device { get; init; }

    /// <summary>Threads of torch on the CPU.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether a GPU may round the inputs of products to 10 bits of mantissa (TensorFloat-32).</summary>
    public bool TensorFloat32 { get; init; }

    /// <summary>Steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between two sample grids.</summary>
    public int SampleEvery { get; init; } = 500;
}
