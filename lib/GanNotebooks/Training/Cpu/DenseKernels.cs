using System.Numerics;
using System.Runtime.InteropServices;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>The operations between two matrix products of a perceptron, each in one pass over the memory (CPU, float32).</summary>
internal static class DenseKernels
{
    /// <summary>Computes a ← φ(a + b) for each row of a.</summary>
    /// <param name="rows">Matrix a, [N, c].</param>
    /// <param name="bias">Bias b, [c].</param>
    /// <param name="activation">Activation function φ.</param>
    public static void AddBiasAndActivate(Tensor rows, Tensor bias, Activation activation)
    {
        var a = FlatParameters.Floats(rows);
        var b = FlatParameters.Floats(bias);
        float slope = Slope(activation) ?? 1; // the identity for functions that are applied below
        for (int start = 0; start < a.Length; start += b.Length)
            AddBiasAndBend(a.Slice(start, b.Length), b, slope);
        if (activation is Activation.Tanh)
            rows.tanh_();
        else if (activation is Activation.Sigmoid)
            rows.sigmoid_();
    }

    /// <summary>Computes g ← g φ′, with φ′ as a function of h = φ(a).</summary>
    public static void MultiplyByDerivative(Tensor gradient, Tensor activated, Activation activation)
    {
        var g = FlatParameters.Floats(gradient);
        var h = FlatParameters.Floats(activated);
        if (Slope(activation) is { } slope)
        {
            if (slope != 1)
                Bend(g, h, slope);
            return;
        }
        for (int i = 0; i < g.Length; i++)
            g[i] *= activation is Activation.Tanh ? 1 - h[i] * h[i] : h[i] * (1 - h[i]);
    }

    /// <summary>Computes s ← Σ over the rows of g.</summary>
    /// <param name="rows">Matrix g, [N, c].</param>
    /// <param name="sums">Sums s, [c].</param>
    public static void SumRows(Tensor rows, Tensor sums)
    {
        var g = FlatParameters.Floats(rows);
        var s = FlatParameters.Floats(sums);
        s.Clear();
        var sumVectors = Vectors(s);
        for (int start = 0; start < g.Length; start += s.Length)
        {
            var row = g.Slice(start, s.Length);
            var vectors = Vectors(row);
            for (int i = 0; i < vectors.Length; i++)
                sumVectors[i] += vectors[i];
            for (int i = Whole(s.Length); i < s.Length; i++)
                s[i] += row[i];
        }
    }

    // max(x, slope · x) is ReLU for slope 0, leaky ReLU for a slope below 1, and x for slope 1.
    private static void AddBiasAndBend(Span<float> row, Span<float> bias, float slope)
    {
        var vectors = Vectors(row);
        var biases = Vectors(bias);
        for (int i = 0; i < vectors.Length; i++)
        {
            var x = vectors[i] + biases[i];
            vectors[i] = Vector.Max(x, slope * x);
        }
        for (int i = Whole(row.Length); i < row.Length; i++)
            row[i] = Math.Max(row[i] + bias[i], slope * (row[i] + bias[i]));
    }

    private static void Bend(Span<float> gradient, Span<float> activated, float slope)
    {
        var vectors = Vectors(gradient);
        var outputs = Vectors(activated);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.ConditionalSelect(Vector.GreaterThan(outputs[i], Vector<float>.Zero), vectors[i], slope * vectors[i]);
        for (int i = Whole(gradient.Length); i < gradient.Length; i++)
            gradient[i] *= activated[i] > 0 ? 1 : slope;
    }

    // The slope below 0 of functions that are the identity above 0.
    private static float? Slope(Activation activation) => activation switch
    {
        Activation.Identity => 1,
        Activation.ReLU => 0,
        Activation.LeakyReLU => (float)ActivationModules.LeakySlope,
        Activation.Tanh or Activation.Sigmoid => null,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation"),
    };

    private static Span<Vector<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);

    private static int Whole(int length) => length - length % Vector<float>.Count;
}
