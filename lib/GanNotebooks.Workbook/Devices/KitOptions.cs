namespace GanNotebooks.Workbook.Devices;

/// <summary>What the GPU kit is to do.</summary>
/// <param name="Cuda">On a CUDA device; otherwise a rehearsal on the CPU.</param>
/// <param name="Folder">Where the record and the parts' output go.</param>
/// <param name="Python">A Python that has torch, to be timed as well; null looks for one.</param>
/// <param name="MaxSteps">The most steps of a training run of notebook 10.</param>
/// <param name="Only">The parts to do; none means all.</param>
internal sealed record KitOptions(Repository Repository, bool Cuda, string Folder, string? Python, int MaxSteps, IReadOnlyList<string> Only)
{
    /// <summary>Names of the parts, in their order.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["machine", "natives", "tests", "notebook", "times"];

    /// <summary>Enough for the notebook's checks; on a GPU some seconds, on two CPU cores some minutes.</summary>
    public static int UsualSteps(bool cuda) => cuda ? 2000 : 150;

    public string Device => Cuda ? "cuda" : "cpu";

    public string In(string name) => Path.Combine(Folder, name);
}
