using GanNotebooks.Data;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GanNotebooks.Tests;

/// <summary>
/// Which files of a source tree know which others, as the compiler sees it: a file knows another when it names a type, method, property or
/// field that is declared there. Comments, strings and names that only look alike do not count.
/// </summary>
internal sealed class SourceGraph
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private SourceGraph(IReadOnlyList<Arrow> arrows) => Arrows = arrows;

    /// <summary>Who knows whom; each arrow once, by name.</summary>
    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>What breaks a table of who may know whom, by top folder.</summary>
    public IEnumerable<string> Forbidden(IReadOnlyDictionary<string, string[]> mayKnow) =>
        from arrow in Arrows
        let known = Top(arrow.ToRoom)
        where known != Top(arrow.FromRoom) && !mayKnow.GetValueOrDefault(Top(arrow.FromRoom), []).Contains(known)
        select $"{arrow.From} knows {arrow.To}";

    /// <summary>Groups of rooms, subfolders included, that know each other in a circle, each with the files that do.</summary>
    /// <param name="excepted">Arrows that are left out: from a file to a room.</param>
    public IEnumerable<string> CirclesOfRooms(params IReadOnlyCollection<(string File, string Room)> excepted)
    {
        var arrows = Arrows.Where(a => a.FromRoom != a.ToRoom && !excepted.Contains((a.From, a.ToRoom))).ToList();
        return from circle in Circles.Of([.. arrows.Select(a => (a.FromRoom, a.ToRoom)).Distinct()])
               select string.Join(", ", circle) + ": " + string.Join("; ",
                   arrows.Where(a => circle.Contains(a.FromRoom) && circle.Contains(a.ToRoom)).Select(a => $"{a.From} knows {a.To}"));
    }

    private static string Top(string room) => room.Split('/')[0];

    /// <summary>Reads all C# files below a folder of <c>lib</c>.</summary>
    public static SourceGraph OfFolder(string name)
    {
        string lib = Path.Combine(Path.GetDirectoryName(DataFolder.Find())!, "lib"), root = Path.Combine(lib, name);
        return Of(Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))
            .Where(file => file.Item1.Split('/')[0] is not ("bin" or "obj")), References(lib, Path.Combine(root, "bin", "Release")));
    }

    /// <summary>Reads files that are given as text.</summary>
    /// <param name="files">Path below the root, with slashes, and content.</param>
    /// <param name="references">Compiled code that they use.</param>
    public static SourceGraph Of(IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference> references)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None);
        var trees = files.Select(f => CSharpSyntaxTree.ParseText(f.Text, options, f.Path)).ToList();
        var compilation = CSharpCompilation.Create("rooms", [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, options)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return new SourceGraph(
        [
            .. from tree in trees.AsParallel()
               let model = compilation.GetSemanticModel(tree)
               from name in tree.GetRoot().DescendantNodes().Where(n => n is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
               from file in Homes(model.GetSymbolInfo(name))
               where file != tree.FilePath
               select new Arrow(tree.FilePath, file) into arrow
               group arrow by arrow into same
               orderby same.Key.From, same.Key.To
               select same.Key,
        ]);
    }

    /// <summary>Which compiled code the sources under test use: that of this process, and what the build put beside them.</summary>
    private static IEnumerable<MetadataReference> References(params string[] folders) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Concat(folders.Append(Path.Combine(folders[0], "bin")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")))
        .Where(file => Path.GetFileName(file) is not ("workbook.dll" or "GanNotebooks.Live.dll" or "GanNotebooks.Tests.dll"))
        .DistinctBy(file => Path.GetFileName(file))
        .Where(IsManaged)
        .Select(file => MetadataReference.CreateFromFile(file));

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    }

    private static IEnumerable<string> Homes(SymbolInfo info) =>
        from symbol in info.Symbol is { } found ? [found] : info.CandidateSymbols
        where symbol is INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol
        from part in ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol.OriginalDefinition).DeclaringSyntaxReferences
        where part.SyntaxTree.FilePath.Length > 0
        select part.SyntaxTree.FilePath;
}

/// <summary>One file knows another; both by their path below the root.</summary>
internal sealed record Arrow(string From, string To)
{
    public string FromRoom => Room(From);

    public string ToRoom => Room(To);

    // A room is a folder with its own files: Training/Cpu is not part of Training. Files of the root share the room Root; Program.cs, which
    // ties all rooms together, is one by itself.
    private static string Room(string file) => file == "Program.cs" ? "Program" : Path.GetDirectoryName(file) is { Length: > 0 } folder
        ? folder.Replace('\\', '/')
        : "Root";
}

/// <summary>Circles of a directed graph.</summary>
internal static class Circles
{
    /// <summary>The groups of rooms in which each can be reached from each, by name; empty if there is no circle.</summary>
    public static IReadOnlyList<string[]> Of(IReadOnlyCollection<(string From, string To)> arrows)
    {
        string[] nodes = [.. arrows.SelectMany(a => new[] { a.From, a.To }).Distinct().Order(StringComparer.Ordinal)];
        var reach = nodes.ToDictionary(n => n, n => Reachable(n, arrows));
        return [.. nodes.Where(n => reach[n].Contains(n)).GroupBy(n => nodes.First(m => reach[n].Contains(m) && reach[m].Contains(n)))
            .Select(group => group.ToArray())];
    }

    private static HashSet<string> Reachable(string start, IReadOnlyCollection<(string From, string To)> arrows)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out string? at))
        {
            foreach (var (_, to) in arrows.Where(a => a.From == at))
            {
                if (seen.Add(to))
                    open.Push(to);
            }
        }
        return seen;
    }
}
