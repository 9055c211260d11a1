namespace GanNotebooks.Workbook.Devices;

/// <summary>The options of the GPU kit.</summary>
/// <param name="Cuda">True runs on a CUDA device; false rehearses on the CPU.</param>
/// <param name="Folder">The folder for the record and for the output of the parts.</param>
/// <param name="Python">A Python with torch, which is timed for comparison; null searches for one.</param>
/// <param name="MaxSteps">The maximum number of steps of a training run in notebook 10.</param>
/// <param name="Only">The parts to run; an empty list means all.</param>
internal sealed record KitOptions(Repository Repository, bool Cuda, string Folder, string? Python, int MaxSteps, IReadOnlyList<string> Only)
{
    /// <summary>Names of the parts, in their order.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["machine", "natives", "tests", "notebook", "times"];

    /// <summary>Enough steps for the notebook's checks: seconds on a GPU, minutes on two CPU cores.</summary>
    public static int UsualSteps(bool cuda) => cuda ? 2000 : 150;

    public string Device => Cuda ? "cuda" : "cpu";

    public string In(string name) => Path.Combine(Folder, name);
}
