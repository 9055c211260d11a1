using GanNotebooks.Plotting;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Training;

/// <summary>Samples of points in the plane as pictures of one scale: black on white, with data of the run in grey below.</summary>
internal sealed class PointsPicture
{
    private const int Side = 256, Count = 1000, Dot = 2;
    private const float White = 1, Grey = 0.6f, Black = -1;
    private const double Margin = 0.25; // of the extent of the data, on each side

    private readonly float[] data; // x, y, x, y ...
    private readonly double left, bottom, extent;

    private PointsPicture(float[] data)
    {
        this.data = data;
        float[] xs = [.. data.Where((_, i) => i % 2 == 0)], ys = [.. data.Where((_, i) => i % 2 == 1)];
        double size = Math.Max(Math.Max(xs.Max() - xs.Min(), ys.Max() - ys.Min()), 1e-6);
        extent = size * (1 + 2 * Margin);
        (left, bottom) = ((xs.Max() + xs.Min() - extent) / 2, (ys.Max() + ys.Min() - extent) / 2);
    }

    /// <summary>The scale and the data of a recipe; null if its samples are no points in the plane.</summary>
    public static PointsPicture? For(TrainingRecipe recipe)
    {
        using var source = RecipeData.Named(recipe.Data).Batches(recipe, CPU);
        if (source.SampleShape is not [2])
            return null;
        using var batch = source.Next((int)Math.Min(Count, source.SampleCount ?? Count));
        return new PointsPicture([.. batch.data<float>()]);
    }

    /// <summary>Writes a picture of the trainer's samples.</summary>
    public void Write(string file, Trainer trainer)
    {
        using var samples = trainer.Sample(Count, averaged: trainer.Config.AverageHalfLife > 0);
        using var local = samples.cpu();
        float[] pixels = new float[Side * Side];
        Array.Fill(pixels, White);
        Draw(pixels, data, Grey);
        Draw(pixels, [.. local.data<float>()], Black);
        using var image = tensor(pixels).view(1, 1, Side, Side);
        PngFile.Write(file, image);
    }

    private void Draw(float[] pixels, float[] points, float colour)
    {
        for (int i = 0; i + 1 < points.Length; i += 2)
        {
            double x = (points[i] - left) / extent * Side, y = Side - (points[i + 1] - bottom) / extent * Side;
            if (!(x >= 0 && x <= Side - Dot && y >= 0 && y <= Side - Dot))
                continue; // outside, or not finite
            for (int dot = 0; dot < Dot * Dot; dot++)
                pixels[((int)y + dot / Dot) * Side + (int)x + dot % Dot] = colour;
        }
    }
}
