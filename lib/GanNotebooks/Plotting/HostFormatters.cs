using System.Reflection;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>
/// Lets a reader's own Plotly.NET chart show itself as a cell's last value, offline: what the package Plotly.NET.Interactive does with
/// a reference to the host, done by reflection on the host's <c>Formatter.Register</c>.
/// </summary>
internal static class HostFormatters
{
    private const string FormatterType = "Microsoft.DotNet.Interactive.Formatting.Formatter";

    /// <summary>Registers the chart formatter with the host; does nothing where there is none.</summary>
    public static void Install()
    {
        if (NotebookHost.InteractiveType(FormatterType) is not { } formatter)
            return;
        var register = formatter.GetMethods(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(IsUntypedRegister);
        register?.Invoke(null, [ReaderChart.ChartType, WriteChart, "text/html"]);
    }

    // Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain")
    private static bool IsUntypedRegister(MethodInfo method) =>
        method is { Name: "Register", IsGenericMethodDefinition: false }
        && method.GetParameters() is { Length: 3 } parameters
        && parameters[0].ParameterType == typeof(Type)
        && parameters[1].ParameterType == typeof(Action<object, TextWriter>);

    private static readonly Action<object, TextWriter> WriteChart = (chart, writer) => writer.Write(ReaderChart.ToHtml(chart));
}
