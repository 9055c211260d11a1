using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace GanNotebooks.Workbook.Execution;

/// <summary>C# scripting with continuing state: each submission sees the variables, usings and references of those before it.</summary>
internal sealed class ScriptSession : IDisposable
{
    // What a cell has open in Polyglot Notebooks, so that code that runs here compiles there and the other way round.
    private static readonly string[] imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    // What the script engine's own list lacks and Polyglot's kernel brings along.
    private static readonly Assembly[] references =
        [typeof(Enumerable).Assembly, typeof(System.Text.Json.JsonSerializer).Assembly, typeof(HttpClient).Assembly];

    private readonly InteractiveAssemblyLoader loader = new();
    private readonly ScriptOptions options;
    private ScriptState<object>? state;

    public ScriptSession(string workingFolder)
    {
        RegisterLibraryCopies();
        options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithImports(imports)
            .AddReferences(references)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(workingFolder))
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(workingFolder));
    }

    /// <summary>Runs one cell or file.</summary>
    /// <param name="file">The name that diagnostics and stack traces carry.</param>
    /// <returns>The value of the last expression (null if none), or why it failed.</returns>
    public async Task<(object? Value, CellFailure? Failure)> RunAsync(string code, string file)
    {
        var named = options.WithFilePath(file);
        var script = state is null
            ? CSharpScript.Create<object>(code, named, assemblyLoader: loader)
            : state.Script.ContinueWith<object>(code, named);
        var errors = script.Compile().Where(found => found.Severity is DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            return (null, CellFailure.From(errors, file, Hint(errors)));

        try
        {
            var next = state is null
                ? await script.RunAsync(null, _ => true).ConfigureAwait(false)
                : await script.RunFromAsync(state, _ => true).ConfigureAwait(false);
            if (next.Exception is { } thrown)
                return (null, CellFailure.From(thrown, file));
            state = next;
            return (next.ReturnValue, null);
        }
        catch (CompilationErrorException broken)
        {
            return (null, CellFailure.From(broken, file));
        }
    }

    public void Dispose() => loader.Dispose();

    /// <summary>
    /// Left alone, the script engine would load the files behind `#r` once more, beside the copies that this process uses: it takes
    /// registered assemblies first.
    /// </summary>
    private void RegisterLibraryCopies()
    {
        if (!Directory.Exists(LibraryFolder.Path))
            return;
        foreach (var file in Directory.EnumerateFiles(LibraryFolder.Path, "*.dll"))
        {
            try
            {
                loader.RegisterDependency(AssemblyLoadContext.Default.LoadFromAssemblyPath(file));
            }
            catch (BadImageFormatException)
            {
                // A native library of another platform's naming: not for `#r`.
            }
        }
    }

    private static string Hint(List<Diagnostic> errors) => errors.Find(error => error.Id is "CS0006")?.GetMessage(null) switch
    {
        null => "",
        var message when message.Contains("nuget:", StringComparison.OrdinalIgnoreCase) => " The workbook's own runner fetches no packages: run this notebook in VS Code, Jupyter or Verso.",
        _ => $" The library is not built. Run: {Repository.BuildCommand}",
    };
}
