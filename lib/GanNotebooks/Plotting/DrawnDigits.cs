using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Plotting;

/// <summary>
/// Leaves of a figure's numbers the digits that can be seen: a notebook with its figures is a third smaller. On a linear axis a step is
/// less than 1/5,000 of what is shown, a fifth of a pixel; on a logarithmic axis five digits stay, a step of 1/20,000 of a decade or less.
/// </summary>
internal static class DrawnDigits
{
    private const double Steps = 5000;
    private const int MostDecimals = 15;

    /// <summary>Shortens x, y and z of all traces, where they are numbers.</summary>
    /// <param name="figure">A Plotly figure: a JSON object with data and layout. It is changed.</param>
    public static void Shorten(JsonObject figure)
    {
        var layout = figure["layout"]!;
        foreach (var trace in figure["data"]!.AsArray().Select(t => t!.AsObject()))
        {
            Shorten([trace["x"]], layout["xaxis"]);
            Shorten([trace["y"]], layout["yaxis"]);
            if (trace["z"] is JsonArray rows)
                Shorten([.. rows], null);
        }
    }

    private static void Shorten(JsonNode?[] lists, JsonNode? axis)
    {
        JsonArray[] all = [.. lists.OfType<JsonArray>()];
        double[] values = [.. all.SelectMany(list => list).Where(IsNumber).Select(v => v!.GetValue<double>())];
        if (values.Length == 0)
            return;
        double span = values.Max() - values.Min();
        if (axis?["range"] is JsonArray { Count: 2 } range)
            span = Math.Min(span, Math.Abs((double)range[1]! - (double)range[0]!));
        bool logarithmic = (string?)axis?["type"] == "log";
        if (!logarithmic && span == 0)
            return;
        double decimals = -Math.Floor(Math.Log10(span / Steps));
        foreach (var list in all)
        {
            for (int i = 0; i < list.Count; i++)
            {
                if (IsNumber(list[i]) && list[i]!.GetValue<double>() is var value)
                    list[i] = logarithmic ? Significant(value) : Rounded(value, decimals);
            }
        }
    }

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;

    private static double Significant(double value) =>
        double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Rounded(double value, double decimals)
    {
        if (decimals >= 0)
            return decimals > MostDecimals ? value : Math.Round(value, (int)decimals) + 0.0; // no "-0"
        double step = Math.Pow(10, -decimals);
        return Math.Round(value / step) * step;
    }
}
