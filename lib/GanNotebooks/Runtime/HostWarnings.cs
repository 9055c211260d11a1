using System.Reflection;

namespace GanNotebooks.Runtime;

/// <summary>
/// Keeps .NET Interactive from warning about a cell that is right: TorchSharp was compiled for an older .NET than the kernel runs on, and
/// wherever a cell touches an overload on complex numbers the compiler says so (CS1701), in Jupyter in red.
/// </summary>
internal static class HostWarnings
{
    // The lowest warning level without CS1701. A script has no list of warnings to leave out, only a level.
    private const int Level = 1;

    /// <summary>Lowers the warning level of the kernel that runs this cell, for the cells after it; does nothing in other hosts.</summary>
    public static void Quieten()
    {
        var kernel = NotebookHost.CurrentInteractiveContext() is { } context ? context.GetType().GetProperty("HandlingKernel")?.GetValue(context) : null;
        var field = kernel?.GetType().GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic);
        var options = field?.GetValue(kernel);
        if (options?.GetType().GetMethod("WithWarningLevel", [typeof(int)])?.Invoke(options, [Level]) is { } quiet)
            field!.SetValue(kernel, quiet);
    }
}
