using System.Numerics;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// The kernel of Polyglot Notebooks in this process, arranged as its command-line tool arranges it: one C# kernel, <c>#!import</c>, the
/// kernel's formatters and events. Cells pass or fail by what a reader would be shown: a diagnostic of any kind, an info too, fails the
/// cell.
/// </summary>
internal sealed class KernelSession : IDisposable
{
    // The kernel's HTML for numbers and words is plain text inside a style block.
    private static readonly Type[] PlainTypes =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(nint), typeof(nuint),
        typeof(char), typeof(float), typeof(double), typeof(decimal), typeof(Half), typeof(Enum), typeof(string), typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(TimeSpan), typeof(Guid), typeof(BigInteger), typeof(Complex),
    ];

    // The kernel compiles cells without debug information, and stack traces would know no lines. It offers no setting for it.
    private static readonly FieldInfo ScriptOptionsField =
        typeof(CSharpKernel).GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException(nameof(CSharpKernel), "_scriptOptions");

    private readonly EventWriter events;
    private readonly CSharpKernel csharp = new();
    private readonly CompositeKernel kernel;
    private readonly IDisposable subscription;
    private CellProblems problems = new("");

    public KernelSession(EventWriter events)
    {
        this.events = events;
        kernel = new CompositeKernel { csharp };
        kernel.UseImportMagicCommand();
        // The kernel's helpers such as display(): what UseKernelHelpers does with a submission of its own.
        Change(options => options.AddImports(typeof(Kernel).FullName!));
        foreach (var type in PlainTypes)
            Formatter.SetPreferredMimeTypesFor(type, PlainTextFormatter.MimeType);
        subscription = kernel.KernelEvents.Subscribe(Take);
    }

    /// <summary>Runs one cell.</summary>
    /// <param name="file">The name that diagnostics and stack traces carry.</param>
    /// <returns>Why it failed; null when it passed.</returns>
    public async Task<CellFailure?> RunAsync(string code, string file)
    {
        problems = new CellProblems(file);
        Change(options => options.WithEmitDebugInformation(true).WithFileEncoding(Encoding.UTF8).WithFilePath(file));
        var before = csharp.ScriptState;
        var result = await kernel.SendAsync(new SubmitCode(code)).ConfigureAwait(false);
        var after = csharp.ScriptState;
        problems.AddUnlessSucceeded(result.Events, after == before ? null : after?.Exception, changed: after != before);
        return problems.Failure;
    }

    public void Dispose()
    {
        subscription.Dispose();
        kernel.Dispose();
    }

    private void Change(Func<ScriptOptions, ScriptOptions> change) =>
        ScriptOptionsField.SetValue(csharp, change((ScriptOptions)ScriptOptionsField.GetValue(csharp)!));

    // A value that cannot be shown fails its cell. An exception that left this method would end the subscription.
    private void Take(KernelEvent happened)
    {
        try
        {
            TakeOrThrow(happened);
        }
#pragma warning disable CA1031 // A cell's own ToString or Message may throw anything.
        catch (Exception error)
#pragma warning restore CA1031
        {
            problems.Add(error);
        }
    }

    private void TakeOrThrow(KernelEvent happened)
    {
        switch (happened)
        {
            case StandardOutputValueProduced text:
                events.Write("stdout", text.FormattedValues.First().Value);
                break;
            case StandardErrorValueProduced text:
                events.Write("stderr", text.FormattedValues.First().Value);
                break;
            case ErrorProduced error:
                problems.Add(error);
                break;
            case DiagnosticsProduced found:
                problems.Add(found);
                break;
            case CommandFailed failed:
                problems.Add(failed);
                break;
            case CompleteCodeSubmissionReceived:
                problems.Started = true;
                break;
            case ReturnValueProduced { Value: null }:
                break;
            case ReturnValueProduced value:
                events.Show(null, Forms(value));
                break;
            case DisplayedValueProduced or DisplayedValueUpdated:
                events.Show(((DisplayEvent)happened).ValueId, Forms((DisplayEvent)happened));
                break;
            default:
                break; // beginnings and ends of commands
        }
    }

    /// <summary>The value in each format that the kernel produced, by MIME type; plain text is always present.</summary>
    private static Dictionary<string, string> Forms(DisplayEvent shown)
    {
        var forms = shown.FormattedValues.ToDictionary(value => value.MimeType, value => value.Value);
        if (!forms.ContainsKey(PlainTextFormatter.MimeType) && shown.Value is { } value)
            forms[PlainTextFormatter.MimeType] = value.ToDisplayString(PlainTextFormatter.MimeType);
        return forms;
    }
}
