namespace GanNotebooks.Runtime;

/// <summary>Which program runs the notebook.</summary>
public enum HostKind
{
    /// <summary>None that the library knows (Verso, a test, a program): output is plain lines.</summary>
    Plain,

    /// <summary>.NET Interactive: VS Code Polyglot Notebooks, Jupyter, or dotnet-repl.</summary>
    DotNetInteractive,

    /// <summary>This workbook's own runner, which hosts .NET Interactive's kernel and takes progress and checks besides.</summary>
    Workbook,
}
