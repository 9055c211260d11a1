using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Theory;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Live;

/// <summary>
/// The truth about a generator of one variable, x = G(z) with one z: its density by the change of variables
/// (<see cref="PushForward"/>), and from it D*, C(G) and V(D, G) by quadrature. The network is evaluated in double precision.
/// </summary>
internal sealed class LineTruth
{
    private const int Scan = 2000;
    private const double Reach = 6; // a normal z lies outside of it with probability 2e-9

    private readonly Smooth generator, discriminator;

    /// <summary>Reads the networks.</summary>
    /// <exception cref="ArgumentException">G is not strictly monotone between its turning points: it has no density everywhere.</exception>
    public LineTruth(Trainer trainer, IReadOnlyList<GaussianMode> modes)
    {
        generator = new Smooth((MultilayerPerceptron)trainer.Generator);
        discriminator = new Smooth((MultilayerPerceptron)trainer.Discriminator);
        Data = new Mixture([.. modes.Select(m => (m.Weight, (Density)new Gaussian(m.Centre[0], m.Sigma)))]);
        Density noise = trainer.Config.Noise switch
        {
            NoiseKind.Normal => new Gaussian(0, 1),
            NoiseKind.Uniform => new Uniform(-1, 1),
            _ => new Uniform(-Math.Sqrt(3), Math.Sqrt(3)),
        };
        Samples = new PushForward(noise, generator.At, generator.Slope, [.. TurningPoints()]);
    }

    /// <summary>p.</summary>
    public Mixture Data { get; }

    /// <summary>q, the law of G(z).</summary>
    public PushForward Samples { get; }

    /// <summary>Whether the networks are such that this works: one z, one x, smooth perceptrons, one sample at a time.</summary>
    public static bool Fits(Trainer trainer) => trainer.Config is { NoiseDimension: 1, Packing: 1 }
        && trainer.Data is GaussianModesData { Dimension: 1 }
        && trainer.Generator is MultilayerPerceptron { IsPlain: true, HiddenActivation: Activation.Tanh } g && IsNarrow(g)
        && trainer.Discriminator is MultilayerPerceptron { IsPlain: true } d && IsNarrow(d);

    private static bool IsNarrow(MultilayerPerceptron network) =>
        network.Linears.All(l => l.weight!.size(0) <= NetworkShape.MaxWidth && l.weight!.size(1) <= NetworkShape.MaxWidth);

    /// <summary>The logit of D.</summary>
    public double Logit(double x) => discriminator.At(x);

    /// <summary>C(G) = −log 4 + 2 JSD(p, q) by quadrature, with its error.</summary>
    public Estimate Criterion() => new VirtualCriterion(Data, Samples).ByQuadrature(Rule);

    /// <summary>C(G) − V(D, G), the price of an imperfect D, by quadrature.</summary>
    public Estimate Gap() => new ValueGap(Data, Samples).Of(Logit, Rule);

    private static Quadrature Rule => Quadrature.Default with { AbsoluteTolerance = 1e-6, RelativeTolerance = 1e-6 };

    // Where the slope changes its sign, by bisection.
    private List<double> TurningPoints()
    {
        var result = new List<double>();
        double before = generator.Slope(-Reach);
        for (int i = 1; i <= Scan; i++)
        {
            double to = -Reach + 2 * Reach * i / Scan, slope = generator.Slope(to);
            if (Math.Sign(slope) != Math.Sign(before))
            {
                var (low, high) = (to - 2 * Reach / Scan, to);
                for (int k = 0; k < 60; k++)
                {
                    double middle = (low + high) / 2;
                    (low, high) = Math.Sign(generator.Slope(middle)) == Math.Sign(before) ? (middle, high) : (low, middle);
                }
                result.Add((low + high) / 2);
            }
            before = slope;
        }
        return result;
    }

    /// <summary>A perceptron of one variable in double precision, with its derivative.</summary>
    private sealed class Smooth
    {
        private readonly (double[] Weights, double[] Biases, int Inputs)[] layers;
        private readonly Activation activation;

        public Smooth(MultilayerPerceptron network)
        {
            activation = network.HiddenActivation;
            layers = [.. network.Linears.Select(l => (Numbers(l.weight!), Numbers(l.bias!), (int)l.weight!.size(1)))];
        }

        public double At(double x)
        {
            // Without the slope, and on the stack: finding one pre-image takes some fifty values.
            Span<double> h = stackalloc double[NetworkShape.MaxWidth], a = stackalloc double[NetworkShape.MaxWidth];
            h[0] = x;
            for (int l = 0; l < layers.Length; l++)
            {
                var (weights, biases, inputs) = layers[l];
                for (int i = 0; i < biases.Length; i++)
                {
                    double sum = biases[i];
                    for (int j = 0; j < inputs; j++)
                        sum += weights[i * inputs + j] * h[j];
                    a[i] = l == layers.Length - 1 ? sum : Through(sum, 0).Value;
                }

                var former = h;
                h = a;
                a = former;
            }

            return h[0];
        }

        public double Slope(double x)
        {
            double[] h = [x], d = [1];
            for (int l = 0; l < layers.Length; l++)
            {
                var (weights, biases, inputs) = layers[l];
                double[] a = new double[biases.Length], da = new double[biases.Length];
                for (int i = 0; i < a.Length; i++)
                {
                    double sum = biases[i], slope = 0;
                    for (int j = 0; j < inputs; j++)
                    {
                        sum += weights[i * inputs + j] * h[j];
                        slope += weights[i * inputs + j] * d[j];
                    }

                    (a[i], da[i]) = l == layers.Length - 1 ? (sum, slope) : Through(sum, slope);
                }

                (h, d) = (a, da);
            }

            return d[0];
        }

        private (double Value, double Slope) Through(double a, double slope) => activation switch
        {
            Activation.Tanh when Math.Tanh(a) is var t => (t, (1 - t * t) * slope),
            Activation.ReLU => a > 0 ? (a, slope) : (0, 0),
            Activation.LeakyReLU => a > 0 ? (a, slope) : (0.2 * a, 0.2 * slope),
            _ => throw new InvalidOperationException($"no derivative of {activation}"),
        };

        private static double[] Numbers(Tensor tensor)
        {
            using var scope = NewDisposeScope();
            return tensor.detach().to(float64).contiguous().data<double>().ToArray();
        }
    }
}
