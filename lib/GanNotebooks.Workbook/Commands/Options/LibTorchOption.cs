namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// --libtorch DIR: the libtorch of an existing Python torch in the place of the package's. It must be known before the library loads torch,
/// so it is taken from the raw arguments; the processes of notebooks inherit it.
/// </summary>
internal static class LibTorchOption
{
    public const string Name = "--libtorch";

    // NativeTorch.LibTorchVariable, spelled out: a constant of the library is compiled in, but the reader of this file sees that nothing is
    // loaded.
    private const string Variable = GanNotebooks.Runtime.NativeTorch.LibTorchVariable;

    /// <summary>Takes the folder, if there is one of that name; the option's own check refuses any other value.</summary>
    public static void Apply(string[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string? folder = arguments[i] == Name && i + 1 < arguments.Length ? arguments[i + 1]
                : arguments[i].StartsWith(Name + "=", StringComparison.Ordinal) ? arguments[i][(Name.Length + 1)..]
                : null;
            if (folder is not null && PathOptions.Wrong(folder) is null && Directory.Exists(folder))
                Environment.SetEnvironmentVariable(Variable, Path.GetFullPath(folder));
        }
    }
}
