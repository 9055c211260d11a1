namespace GanNotebooks.Workbook.Doctor;

/// <summary>
/// Checks VS Code's extension Polyglot Notebooks, which fails silently at its second start with .NET SDK 10.0.102 and later.
/// </summary>
internal static class EditorChecks
{
    private const string Name = "VS Code", Manifest = "dotnet-tools.json";
    private static readonly string[] Products = ["Code", "Code - Insiders", "VSCodium"];

    /// <summary>Where the extension keeps its files; most of these folders do not exist.</summary>
    public static IEnumerable<string> Storages()
    {
        string settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] users =
        [
            .. Products.Select(product => Path.Combine(settings, product, "User")),
            Path.Combine(home, ".vscode-server", "data", "User"), Path.Combine(home, ".local", "share", "code-server", "User"),
        ];
        return users.Select(user => Path.Combine(user, "globalStorage", "ms-dotnettools.dotnet-interactive-vscode"));
    }

    /// <summary>Looks for a tool manifest that the SDK wrote where the extension does not look.</summary>
    /// <param name="storages">The extension's folders, one for each product.</param>
    public static Diagnosis Polyglot(IEnumerable<string> storages)
    {
        var present = storages.Where(Directory.Exists).ToList();
        return present.Find(IsMisplaced) switch
        {
            { } folder => Diagnosis.Warning(
                Name, $"{Path.Combine(folder, Manifest)} is not where Polyglot Notebooks looks for it: the extension starts once and "
                    + "never again",
                "Make a folder .config beside this file, move the file into it, and reload the window of VS Code."),
            null when present.Count == 0 => Diagnosis.Good(Name, "Polyglot Notebooks has left no files here"),
            null => Diagnosis.Good(Name, "the files of Polyglot Notebooks are where it looks for them"),
        };
    }

    private static bool IsMisplaced(string folder) =>
        File.Exists(Path.Combine(folder, Manifest)) && !File.Exists(Path.Combine(folder, ".config", Manifest));
}
