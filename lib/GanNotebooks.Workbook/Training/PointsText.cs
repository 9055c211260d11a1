using System.Globalization;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Training;

/// <summary>Points as text: one a line, coordinates with commas between, to the last digit.</summary>
internal static class PointsText
{
    /// <summary>The text of points [N, d].</summary>
    public static string Of(Tensor points) => string.Concat(Rows(points).Select(row => row + "\n"));

    private static IEnumerable<string> Rows(Tensor points) =>
        points.cpu().data<float>().Chunk((int)points.size(1))
            .Select(row => string.Join(',', row.Select(v => v.ToString(CultureInfo.InvariantCulture))));
}
