using System.Diagnostics;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Theory;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Live;

/// <summary>
/// What a page sees of one run. Layers that take long are computed again only when as much time has passed that they cost a small part of
/// it; their numbers say the step they belong to.
/// </summary>
internal sealed class RunLayers : IDisposable
{
    /// <summary>Names of the layers.</summary>
    public const string Samples = "samples", Field = "field", Truth = "truth", Warp = "warp", Arrows = "arrows", Coverage = "coverage",
        Spectrum = "spectrum";

    /// <summary>Most parameters of both players for the eigenvalues.</summary>
    public const int MostParameters = 300;

    /// <summary>Points of a curve over the line.</summary>
    public const int CurvePoints = 400;

    private const int Shown = 600, ShownImages = 64, Counted = 2000, ForTruth = 20_000, WarpSide = 25, ArrowCount = 96, SpectrumBatch = 256;
    private const double SlowShare = 50;

    private readonly LiveRun run;
    private readonly double slowShare;
    private readonly Dictionary<string, Cached> cache = new(StringComparer.Ordinal);
    private Plane? plane;
    private LiveTarget? planeOf;
    private int planeSide;
    private Tensor? data;

    /// <param name="run">The run, the caller's.</param>
    /// <param name="slowShare">A slow layer takes at most one part in so many of the time.</param>
    public RunLayers(LiveRun run, double slowShare = SlowShare) => (this.run, this.slowShare) = (run, slowShare);

    /// <summary>Time spent on slow layers so far.</summary>
    public TimeSpan SlowTime { get; private set; }

    /// <summary>Forgets what was computed, after a change of the past.</summary>
    public void Forget() => cache.Clear();

    /// <inheritdoc/>
    public void Dispose() => data?.Dispose();

    /// <summary>Adds the layers of a view to a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The run in the frame.</param>
    /// <param name="layers">Names of the layers.</param>
    /// <param name="grid">Cells along each axis of a field.</param>
    /// <param name="exact">Whether slow layers must belong to the present step.</param>
    public void Add(FrameData frame, JsonObject to, IReadOnlySet<string> layers, int grid, bool exact = false)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(run.Trainer.Discriminator);
        var target = run.Setup.Target;
        if (planeOf != target || planeSide != grid)
        {
            (planeOf, planeSide, plane) = (target, grid, target.Kind == LiveKind.Plane ? new Plane(target, grid) : null);
            data?.Dispose();
            using var source = target.Create(run.Setup.Seed);
            data = source.Next(target.Kind == LiveKind.Images ? ShownImages : Shown).DetachFromDisposeScope();
            Forget();
        }

        AddNumbers(to);
        if (layers.Contains(Samples))
            AddSamples(frame, to);
        if (target.Kind == LiveKind.Images)
            return;
        if (layers.Contains(Field))
            AddField(frame, to);
        if (layers.Contains(Warp))
            AddWarp(frame, to);
        if (layers.Contains(Arrows))
            AddArrows(frame, to);
        if (layers.Contains(Truth))
            Slowly(Truth, exact, TruthOf).AddTo(frame, to);
        if (layers.Contains(Coverage) && target.HasSeparateModes)
            Slowly(Coverage, exact, CoverageOf).AddTo(frame, to);
        if (layers.Contains(Spectrum))
            Slowly(Spectrum, exact, SpectrumOf).AddTo(frame, to);
    }

    private void AddNumbers(JsonObject to)
    {
        if (run.Trainer.History is not [.., var last])
            return;
        var numbers = to["numbers"]!;
        numbers["lossD"] = Finite.Of(last.DiscriminatorLoss);
        numbers["lossG"] = Finite.Of(last.GeneratorLoss);
        numbers["realProbability"] = Finite.Of(last.RealProbability);
        numbers["fakeProbability"] = Finite.Of(last.FakeProbability);
        numbers["accuracy"] = Finite.Of(last.Accuracy);
        numbers["penalty"] = Finite.Of(last.Penalty);
        numbers["gradientD"] = Finite.Of(last.DiscriminatorGradientNorm);
        numbers["gradientG"] = Finite.Of(last.GeneratorGradientNorm);
    }

    private void AddSamples(FrameData frame, JsonObject to)
    {
        bool images = run.Setup.Target.Kind == LiveKind.Images, averaged = run.Setup.Config.AverageHalfLife > 0;
        var samples = run.Trainer.Sample(images ? ShownImages : Shown, averaged: averaged);
        frame.Add(to, "samples", Floats(samples), [.. samples.shape.Select(s => (int)s)]);
        frame.Add(to, "data", Floats(data!), [.. data!.shape.Select(s => (int)s)]);
    }

    private void AddField(FrameData frame, JsonObject to)
    {
        using var points = plane?.Centres() ?? tensor([.. Curve().Select(x => (float)x)], [CurvePoints, 1]);
        float[] values = Floats(sigmoid(Logits(points)));
        if (plane is null)
            frame.Add(to, "d", values, CurvePoints);
        else
            frame.Add(to, "d", values, plane.Side, plane.Side);
    }

    // A grid of quantiles of z: every cell of it has the same mass.
    private void AddWarp(FrameData frame, JsonObject to)
    {
        int noise = run.Setup.Config.NoiseDimension;
        if (noise > 2)
            return;
        double[] quantiles = [.. Enumerable.Range(0, WarpSide).Select(i => Quantile((i + 0.5) / WarpSide))];
        float[] z = noise == 1
            ? [.. quantiles.Select(q => (float)q)]
            : [.. quantiles.SelectMany(b => quantiles.SelectMany(a => new[] { (float)a, (float)b }))];
        using var mode = new EvaluationMode(run.Trainer.Generator);
        var images = Without.Gradient(() => run.Trainer.Generator.call(tensor(z, [z.Length / noise, noise])));
        int dimension = run.Setup.Target.Dimension;
        if (noise == 1)
            frame.Add(to, "warp", Floats(images), WarpSide, dimension);
        else
            frame.Add(to, "warp", Floats(images), WarpSide, WarpSide, dimension);
    }

    private void AddArrows(FrameData frame, JsonObject to)
    {
        int count = ArrowCount / run.Setup.Config.Packing * run.Setup.Config.Packing;
        var arrows = LossArrows.Of(run.Trainer, run.Trainer.Sample(count), data![..count]);
        int d = run.Setup.Target.Dimension;
        frame.Add(to, "arrowsAt", arrows.At, count, d);
        frame.Add(to, "arrowsSaturating", arrows.Saturating, count, d);
        frame.Add(to, "arrowsNonSaturating", arrows.NonSaturating, count, d);
        frame.Add(to, "arrowsChosen", arrows.Chosen, count, d);
        to["numbers"]!["arrowScale"] = Finite.Of(arrows.Longest);
    }

    private Layer TruthOf()
    {
        if (run.Setup.Target.Modes is not { } modes)
            return new Layer("truth", new JsonObject { ["method"] = "The law of these data is not known, so there is no D*." });
        if (LineTruth.Fits(run.Trainer) && TryOnLine(modes) is { } exact)
            return exact;
        return plane is { } grid ? TruthOnPlane(grid) : TruthOnLine(modes);
    }

    private Layer? TryOnLine(IReadOnlyList<GaussianMode> modes)
    {
        try
        {
            var truth = new LineTruth(run.Trainer, modes);
            var best = new OptimalDiscriminator(truth.Data, truth.Samples);
            double[] xs = Curve();
            float[] p = [.. xs.Select(x => (float)truth.Data.Pdf(x))], q = [.. xs.Select(x => (float)truth.Samples.Pdf(x))];
            float[] star = [.. xs.Select(x => (float)LogSpace.Sigmoid(best.Logit(x)))];
            float[] error = [.. xs.Zip(star, (x, s) => (float)Math.Abs(LogSpace.Sigmoid(truth.Logit(x)) - s))];
            var (criterion, gap) = (truth.Criterion(), truth.Gap());
            double jsd = (criterion.Value + Math.Log(4)) / 2;
            return new Layer("truth", new JsonObject
            {
                ["criterion"] = Finite.Of(criterion.Value), ["jsd"] = Finite.Of(jsd), ["gap"] = Finite.Of(gap.Value),
                ["value"] = Finite.Of(criterion.Value - gap.Value), ["low"] = Finite.Of(jsd - criterion.Error / 2),
                ["high"] = Finite.Of(jsd + criterion.Error / 2), ["floor"] = 0, ["exact"] = true,
                ["method"] = "q by the change of variables over the monotone pieces of G; integrals by quadrature.",
            }, ("p", p), ("q", q), ("dstar", star), ("error", error));
        }
        catch (ArgumentException)
        {
            return null; // G is constant somewhere: q has no density there
        }
    }

    private Layer TruthOnPlane(Plane grid)
    {
        var samples = run.Trainer.Sample(ForTruth, index: 1);
        int[] counts = grid.Counts(Floats(samples));
        float[] q = grid.Density(counts), p = [.. grid.DataDensity!];
        float[] star = [.. p.Zip(q, (a, b) => a + b > 0 ? a / (a + b) : 0.5f)];
        using var centres = grid.Centres();
        float[] error = [.. Floats(sigmoid(Logits(centres))).Zip(star, (d, s) => Math.Abs(d - s))];
        var (divergence, deviation, floor) = grid.Divergence(counts)!.Value;
        return new Layer("truth",
            Numbers(samples, divergence, deviation, floor, "Data and samples sorted into the cells of the picture: JSD of "
                + "the cells is at most that of the laws. The picture shows p, q and D* blurred by one cell, as instance noise would."),
            ("p", p), ("q", q), ("dstar", star), ("error", error))
        { Side = grid.Side };
    }

    private Layer TruthOnLine(IReadOnlyList<GaussianMode> modes)
    {
        double[] xs = Curve();
        double width = xs[1] - xs[0], blur = 3 * width;
        var law = new Mixture([.. modes.Select(m => (m.Weight, (Density)new Gaussian(m.Centre[0], m.Sigma)))]);
        var blurred = new Mixture([.. modes.Select(m => (m.Weight,
            (Density)new Gaussian(m.Centre[0], Math.Sqrt(m.Sigma * m.Sigma + blur * blur))))]);
        var samples = run.Trainer.Sample(ForTruth, index: 1);
        float[] values = Floats(samples);
        int[] counts = new int[CurvePoints + 1];
        foreach (float x in values)
        {
            double cell = Math.Floor((x - (xs[0] - width / 2)) / width);
            counts[cell >= 0 && cell < CurvePoints ? (int)cell : CurvePoints]++;
        }

        double[] masses = [.. xs.Select(x => law.Cdf(x + width / 2) - law.Cdf(x - width / 2))];
        masses = [.. masses, Math.Max(0, 1 - masses.Sum())];
        float[] p = [.. xs.Select(x => (float)blurred.Pdf(x))];
        float[] q = [.. xs.Select((_, i) => (float)Enumerable.Range(-12, 25).Where(k => i + k >= 0 && i + k < CurvePoints)
            .Sum(k => counts[i + k] / (double)ForTruth * Math.Exp(-k * k / 18.0) / (blur * Math.Sqrt(Math.Tau))))];
        float[] star = [.. p.Zip(q, (a, b) => a + b > 0 ? a / (a + b) : 0.5f)];
        using var points = tensor([.. xs.Select(x => (float)x)], [CurvePoints, 1]);
        float[] error = [.. Floats(sigmoid(Logits(points))).Zip(star, (d, s) => Math.Abs(d - s))];
        var (divergence, deviation) = CellDivergence.Of(masses, counts);
        return new Layer("truth", Numbers(samples, divergence, deviation, CellDivergence.Floor(masses, ForTruth),
            "Data and samples sorted into 400 cells: JSD of the cells is at most that of the laws. The curves are blurred by three cells."),
            ("p", p), ("q", q), ("dstar", star), ("error", error));
    }

    // V(D, G) by Monte Carlo: as many samples of the data as of G.
    private JsonObject Numbers(Tensor samples, double divergence, double deviation, double floor, string method)
    {
        using var source = run.Setup.Target.Create(unchecked(run.Setup.Seed + 1));
        using var real = source.Next(ForTruth);
        double value = -nn.functional.softplus(-Logits(real)).mean().item<float>() - nn.functional.softplus(
            Logits(samples)).mean().item<float>();
        double criterion = 2 * divergence - Math.Log(4);
        return new JsonObject
        {
            ["criterion"] = Finite.Of(criterion), ["jsd"] = Finite.Of(divergence), ["value"] = Finite.Of(value),
            ["gap"] = Finite.Of(criterion - value), ["low"] = Finite.Of(divergence - 2 * deviation),
            ["high"] = Finite.Of(divergence + 2 * deviation), ["floor"] = Finite.Of(floor), ["exact"] = false, ["method"] = method,
        };
    }

    private Layer CoverageOf()
    {
        var coverage = ModeCoverage.Of(run.Trainer.Sample(Counted, index: 2), run.Setup.Target.Modes!);
        return new Layer("coverage", new JsonObject
        {
            ["captured"] = coverage.Captured, ["modes"] = coverage.Modes, ["highQuality"] = Finite.Of(coverage.HighQuality.Value),
            ["ceiling"] = Finite.Of(coverage.HighQualityCeiling), ["reverseKL"] = Finite.Of(coverage.ReverseKL.Value),
            ["reverseKLFloor"] = Finite.Of(coverage.ReverseKLFloor), ["samples"] = coverage.Count,
            ["shares"] = new JsonArray([.. coverage.Shares.Select(Finite.Of)]),
        });
    }

    private Layer SpectrumOf()
    {
        long count = run.Trainer.Generator.parameters().Sum(p => p.numel()) + run.Trainer.Discriminator.parameters().Sum(p => p.numel());
        if (count > MostParameters)
        {
            return new Layer("spectrum", new JsonObject
            {
                ["note"] = $"The players have {count} parameters; the eigenvalues are for at most {MostParameters}. "
                    + "Try networks of one layer of 8.",
            });
        }

        using var source = run.Setup.Target.Create(unchecked(run.Setup.Seed + 2));
        int batch = SpectrumBatch / run.Setup.Config.Packing * run.Setup.Config.Packing;
        using var real = source.Next(batch);
        using var noise = new NoiseSource(run.Setup.Config.Noise, run.Setup.Config.NoiseDimension, run.Setup.Seed, purpose: 90, CPU);
        using var z = noise.Batch(0, batch);
        var jacobian = GameJacobian.Of(run.Trainer, real, z);
        var (d, g) = (run.Setup.Config.DiscriminatorOptimizer.LearningRate, run.Setup.Config.GeneratorOptimizer.LearningRate);
        return new Layer("spectrum", new JsonObject
        {
            ["jacobian"] = Complex(jacobian.Eigenvalues()), ["map"] = Complex(jacobian.StepEigenvalues(d, g)),
            ["rates"] = new JsonArray(d, g), ["parameters"] = count,
            ["note"] = $"On one batch of {batch}. The map is one step of simultaneous gradient descent at these rates"
                + (run.Setup.Config.DiscriminatorOptimizer is AdamConfig ? "; Adam scales each gradient and takes other steps." : "."),
        });

        static JsonArray Complex(IEnumerable<System.Numerics.Complex> values) =>
            [.. values.Select(v => new JsonArray(Finite.Of(v.Real), Finite.Of(v.Imaginary)))];
    }

    // D of packed samples is shown where all samples of the pack are the same.
    private Tensor Logits(Tensor points) => Without.Gradient(() =>
        run.Trainer.Discriminate(run.Setup.Config.Packing > 1 ? points.repeat(1, run.Setup.Config.Packing) : points));

    private double[] Curve()
    {
        var box = run.Setup.Target.Box;
        return [.. Enumerable.Range(0, CurvePoints).Select(i => box[0] + (i + 0.5) * (box[1] - box[0]) / CurvePoints)];
    }

    private double Quantile(double share) => run.Setup.Config.Noise switch
    {
        NoiseKind.Normal => new Gaussian(0, 1).Quantile(share),
        NoiseKind.Uniform => 2 * share - 1,
        _ => Math.Sqrt(3) * (2 * share - 1),
    };

    private static float[] Floats(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().to(float32).contiguous().data<float>().ToArray();
    }

    private Layer Slowly(string name, bool exact, Func<Layer> compute)
    {
        if (cache.TryGetValue(name, out var cached)
            && (cached.Layer.Step == run.Step || !exact && Stopwatch.GetElapsedTime(cached.At) < slowShare * cached.Cost))
        {
            return cached.Layer;
        }

        long start = Stopwatch.GetTimestamp();
        var layer = compute() with { Step = run.Step };
        var cost = Stopwatch.GetElapsedTime(start);
        SlowTime += cost;
        cache[name] = new Cached(layer, Stopwatch.GetTimestamp(), cost);
        return layer;
    }

    private sealed record Cached(Layer Layer, long At, TimeSpan Cost);

    /// <summary>A computed layer.</summary>
    private sealed record Layer(string Name, JsonObject Numbers, params (string Name, float[] Values)[] Arrays)
    {
        public int Step { get; init; }

        public int Side { get; init; }

        public void AddTo(FrameData frame, JsonObject to)
        {
            var numbers = (JsonObject)Numbers.DeepClone();
            numbers["step"] = Step;
            to["numbers"]![Name] = numbers;
            foreach (var (name, values) in Arrays)
            {
                if (Side > 0)
                    frame.Add(to, name, values, Side, Side);
                else
                    frame.Add(to, name, values, values.Length);
            }
        }
    }
}
