using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>plotly.js, from Plotly.NET's own resources: figures draw with no network.</summary>
public static class PlotlyScript
{
    private static readonly Lazy<string> Wrapped = new(ReadAndWrap);
    private static bool given;

    /// <summary>
    /// The script (3.6 MB of JavaScript). It defines <c>window.Plotly</c> once, and hides from module loaders (Jupyter's, VS Code's)
    /// that would take it for a module and leave nothing behind.
    /// </summary>
    public static string Text => Wrapped.Value;

    /// <summary>
    /// Begins a session. .NET Interactive gets the script at once, as an output of the cell that opens the lab: a reader who runs the cell
    /// of the first figure again would otherwise replace the only copy, and the saved notebook would draw nothing. Other hosts get it with
    /// the first figure.
    /// </summary>
    internal static void Begin() => given =
        NotebookHost.Kind == HostKind.DotNetInteractive && NotebookHost.Show(new HtmlFragment(Element, "")).IsLive;

    /// <summary>The script as an HTML element the first time in a session, an empty string afterwards.</summary>
    internal static string ElementOnce()
    {
        if (given)
            return "";
        given = true;
        // The runner keeps one copy for all figures.
        return NotebookHost.Record("Script", Text) ? "" : Element;
    }

    private static string Element => $"<script>{Text}</script>";

    private static string ReadAndWrap()
    {
        var assembly = typeof(Plotly.NET.GenericChart).Assembly;
        string name = assembly.GetManifestResourceNames()
            .Single(n => n.StartsWith("Plotly.NET.plotly-", StringComparison.Ordinal) && n.EndsWith(".min.js", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        string script = reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
        return $"if(!window.Plotly){{(function(define,module,exports){{{script}\n}}).call(window)}}";
    }
}
