using System.Numerics;
using System.Runtime.InteropServices;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>What happens between two matrix products of a perceptron, in one pass over the memory each (CPU, float32).</summary>
internal static class DenseKernels
{
    /// <summary>The numbers of a contiguous tensor on the CPU.</summary>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>a ← φ(a + b) for each row of a.</summary>
    /// <param name="rows">a, [N, c].</param>
    /// <param name="bias">b, [c].</param>
    /// <param name="activation">φ.</param>
    public static void AddBiasAndActivate(Tensor rows, Tensor bias, Activation activation)
    {
        float floor = activation switch
        {
            Activation.ReLU => 0,
            Activation.LeakyReLU => (float)ActivationModules.LeakySlope,
            _ => 1, // max(a, a) below: nothing yet
        };
        var a = Floats(rows);
        var b = Floats(bias);
        for (int start = 0; start < a.Length; start += b.Length)
            AddBiasAndBend(a.Slice(start, b.Length), b, floor);
        if (activation is Activation.Tanh)
            rows.tanh_();
        else if (activation is Activation.Sigmoid)
            rows.sigmoid_();
    }

    /// <summary>g ← g φ′, with φ′ read off h = φ(a).</summary>
    public static void MultiplyByDerivative(Tensor gradient, Tensor activated, Activation activation)
    {
        if (activation == Activation.Identity)
            return;
        var g = Floats(gradient);
        var h = Floats(activated);
        int i = 0;
        for (; i <= g.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(g[i..]) * Derivative(new Vector<float>(h[i..]), activation)).CopyTo(g[i..]);
        for (; i < g.Length; i++)
            g[i] *= Derivative(new Vector<float>(h[i]), activation)[0];
    }

    /// <summary>s ← Σ over the rows of g.</summary>
    /// <param name="rows">g, [N, c].</param>
    /// <param name="sums">s, [c].</param>
    public static void SumRows(Tensor rows, Tensor sums)
    {
        var g = Floats(rows);
        var s = Floats(sums);
        s.Clear();
        for (int start = 0; start < g.Length; start += s.Length)
        {
            var row = g.Slice(start, s.Length);
            int i = 0;
            for (; i <= s.Length - Vector<float>.Count; i += Vector<float>.Count)
                (new Vector<float>(s[i..]) + new Vector<float>(row[i..])).CopyTo(s[i..]);
            for (; i < s.Length; i++)
                s[i] += row[i];
        }
    }

    // max(x, slope x) is ReLU for slope 0, leaky ReLU for slopes below 1, and x for slope 1.
    private static void AddBiasAndBend(Span<float> row, ReadOnlySpan<float> bias, float slope)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = new Vector<float>(row[i..]) + new Vector<float>(bias[i..]);
            Vector.Max(x, slope * x).CopyTo(row[i..]);
        }
        for (; i < row.Length; i++)
            row[i] = Math.Max(row[i] + bias[i], slope * (row[i] + bias[i]));
    }

    private static Vector<float> Derivative(Vector<float> h, Activation activation) => activation switch
    {
        Activation.ReLU => Vector.ConditionalSelect(Vector.GreaterThan(h, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero),
        Activation.LeakyReLU => Vector.ConditionalSelect(Vector.GreaterThan(h, Vector<float>.Zero), Vector<float>.One, new Vector<float>((float)ActivationModules.LeakySlope)),
        Activation.Tanh => Vector<float>.One - h * h,
        Activation.Sigmoid => h * (Vector<float>.One - h),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation"),
    };
}
