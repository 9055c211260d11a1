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

    /// <summary>The script as an HTML element the first time in a session, an empty string afterwards.</summary>
    internal static string ElementOnce()
    {
        if (given || !Runtime.NotebookHost.NeedsPlotlyScript)
            return "";
        given = true;
        return $"<script>{Text}</script>";
    }

    private static string ReadAndWrap()
    {
        var assembly = typeof(Plotly.NET.GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames()
            .Single(n => n.StartsWith("Plotly.NET.plotly-", StringComparison.Ordinal) && n.EndsWith(".min.js", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var script = reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);
        return $"if(!window.Plotly){{(function(define,module,exports){{{script}\n}}).call(window)}}";
    }

}
