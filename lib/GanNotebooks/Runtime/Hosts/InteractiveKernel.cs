using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace GanNotebooks.Runtime;

/// <summary>
/// .NET Interactive, the engine behind Polyglot Notebooks, Jupyter's kernel <c>.net-csharp</c> and the workbook's own runner. This file is
/// the only one that names its types, and only inside lambdas: without a kernel (tests, Verso, programs) nothing of it is loaded.
/// </summary>
internal static class InteractiveKernel
{
    // The lowest warning level without CS1701. A script has no list of warnings to leave out, only a level.
    private const int WarningLevel = 1;

    private static bool loaded;

    /// <summary>Whether a cell of a kernel runs on this thread.</summary>
    public static bool RunsThisCell => Ask(() => KernelInvocationContext.Current is not null, false);

    /// <summary>Signals that the reader pressed Stop; never signalled outside a cell.</summary>
    public static CancellationToken Cancellation => Ask(() => KernelInvocationContext.Current?.CancellationToken ?? default, default);

    /// <summary>The code of the cell that runs on this thread; null without a kernel.</summary>
    public static string? CodeOfThisCell => Ask(() => (KernelInvocationContext.Current?.Command as SubmitCode)?.Code, null);

    /// <summary>Shows a value as an output of the running cell.</summary>
    /// <returns>The handle for <see cref="Update"/>; null when no cell took the value.</returns>
    public static object? Display(HtmlFragment value) => Ask<object?>(
        () => KernelInvocationContext.Current is { } context
            ? KernelInvocationContextExtensions.Display(context, value, "text/html", "text/plain")
            : null, null);

    /// <summary>Puts a value in the place of one that was shown. It works from later cells and from other threads, too.</summary>
    public static void Update(object display, HtmlFragment value) => Ask(
        () =>
        {
            ((DisplayedValue)display).Update(value);
            return true;
        },
        false);

    /// <summary>
    /// Shows values of a type as HTML of the library's making, also after an extension of the kernel has put its own formatter in that
    /// place.
    /// </summary>
    /// <param name="type">Returns the type; called only if there is a kernel, because the type may come from a large assembly.</param>
    /// <param name="write">Writes a value's HTML.</param>
    public static void ShowAsHtml(Func<Type> type, Action<object, TextWriter> write) => Ask(
        () =>
        {
            Formatter.Register(type(), write, "text/html");
            KernelInvocationContext.Current?.HandlingKernel?.RootKernel.KernelEvents.Subscribe(happened =>
            {
                if (happened is KernelExtensionLoaded)
                    Formatter.Register(type(), write, "text/html");
            });
            return true;
        },
        false);

    /// <summary>Shows a sentence below a cell that does not compile.</summary>
    /// <param name="help">Returns the sentence for the code of a cell; null where it has none.</param>
    public static void HelpWithErrors(Func<string, string?> help) => Ask(
        () =>
        {
            KernelInvocationContext.Current?.HandlingKernel?.RootKernel.KernelEvents.Subscribe(happened =>
            {
                if (happened is DiagnosticsProduced { Command: SubmitCode cell } && help(cell.Code) is { } sentence
                    && KernelInvocationContext.Current is { } context)
                {
                    KernelInvocationContextExtensions.Display(context, sentence, "text/plain");
                }
            });
            return true;
        },
        false);

    /// <summary>
    /// Keeps the kernel from warning about a cell that is right: TorchSharp was compiled for an older .NET than the kernel runs on, and
    /// wherever a cell touches an overload on complex numbers the compiler says so (CS1701), in Jupyter in red. The cells after this one
    /// are compiled at a lower warning level.
    /// </summary>
    public static void SuppressWarnings()
    {
        object? kernel = Ask<object?>(() => KernelInvocationContext.Current?.HandlingKernel, null);
        var field = kernel?.GetType().GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic);
        object? options = field?.GetValue(kernel);
        if (options?.GetType().GetMethod("WithWarningLevel", [typeof(int)])?.Invoke(options, [WarningLevel]) is { } quiet)
            field!.SetValue(kernel, quiet);
    }

    private static bool IsLoaded =>
        loaded |= AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "Microsoft.DotNet.Interactive");

    // A kernel of another version may lack a member: the library then does as if there were none.
    private static T Ask<T>(Func<T> question, T otherwise)
    {
        try
        {
            return IsLoaded ? question() : otherwise;
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or TypeLoadException or MissingMethodException
            or MissingFieldException)
        {
            return otherwise;
        }
    }
}
