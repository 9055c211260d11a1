using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Training;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Experiments;

public sealed class RunMeasuresTests
{
    [Theory]
    [InlineData("ring", "mlp", "high-quality-share modes-captured modes-occupied reverse-kl reverse-kl-floor")]
    [InlineData("grid", "mlp", "high-quality-share modes-captured modes-occupied reverse-kl reverse-kl-floor")]
    [InlineData("mnist", "dcgan", "frechet-distance frechet-distance-floor kernel-distance kernel-distance-floor")]
    [InlineData("stacked", "dcgan", "modes-captured reverse-kl reverse-kl-floor")]
    public void Of_EveryKindOfData_GivesNamedFiniteValuesTwiceAlikeAndChangesNothing(string data, string model, string names)
    {
        var recipe = new TrainingRecipe(data, model) { Steps = 2, BatchSize = 4, Width = 2 };
        using var trainer = recipe.Create(CPU).Run(until: 1);
        var (before, position) = (trainer.Weights(), trainer.Data.Position);
        var first = RunMeasures.Of(recipe, trainer);
        Assert.Equal(names.Split(' '), first.Keys);
        Assert.All(first, pair => Assert.True(double.IsFinite(pair.Value), pair.Key));
        Assert.Equal(RunMeasures.NamesFor(recipe).Order(), first.Keys.Where(name => !name.EndsWith("-floor", StringComparison.Ordinal)));
        Assert.All(first.Keys, name => Assert.Equal(name, RunMeasures.Named(name).Name));
        Assert.Equal(first, RunMeasures.Of(recipe, trainer));
        Assert.Equal(before, trainer.Weights());
        Assert.Equal(position, trainer.Data.Position);
        if (first.TryGetValue("frechet-distance", out double distance)) // an untrained generator is far from the digits
            Assert.True(distance > 3 * first["frechet-distance-floor"]);
    }

    // A generator that returns the data themselves is as far from them as the halves are from each other; one that is off by 1 is not.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Of_OwnPoints_MeasuresTheDistanceInUnitsOfItsFloor(double shift, bool far)
    {
        using var normal = new NoiseSource(NoiseKind.Normal, 2, seed: 5, purpose: 1, CPU);
        using var points = normal.Batch(0, 3000);
        var config = TinyRun.Config with { Steps = 1 };
        using var trainer = new Trainer(config, new Shifted(shift), new MultilayerPerceptron(2, [4], [1]).UniformFanIn(new Generator(1)),
            new TensorBatches(points, name: "own points"));
        var found = RunMeasures.Of(new TrainingRecipe("csv:own.csv", "mlp"), trainer);
        Assert.Equal(["energy-distance", "energy-distance-floor", "sliced-wasserstein", "sliced-wasserstein-floor"], found.Keys);
        Assert.Equal(far, found["sliced-wasserstein"] > 3 * found["sliced-wasserstein-floor"]);
        Assert.Equal(far, found["energy-distance"] > 0.05);
    }

    [Fact]
    public void Of_FewerPointsThanAnyMeasureNeeds_IsEmpty()
    {
        using var points = rand(60, 2);
        using var trainer = new Trainer(TinyRun.Config with { Steps = 1 }, new Shifted(0),
            new MultilayerPerceptron(2, [4], [1]).UniformFanIn(new Generator(1)), new TensorBatches(points, name: "few points"));
        Assert.Empty(RunMeasures.Of(new TrainingRecipe("csv:own.csv", "mlp"), trainer));
    }

    [Fact]
    public void Of_GeneratorThatYieldsNaN_IsRefused()
    {
        using var trainer = new Trainer(TinyRun.Config, new Shifted(double.NaN),
            new MultilayerPerceptron(2, [4], [1]).UniformFanIn(new Generator(1)), new RingData());
        Assert.Contains("not finite",
            Assert.Throws<ArgumentException>(() => RunMeasures.Of(new TrainingRecipe("ring", "mlp"), trainer)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void All_Names_AreDistinctAndFloorsHaveNoBetterDirection()
    {
        Assert.Distinct(RunMeasures.All.Select(m => m.Name));
        Assert.All(RunMeasures.All, m => Assert.Equal(m.Name.EndsWith("-floor", StringComparison.Ordinal), m.HigherIsBetter is null));
        Assert.Contains("reverse-kl", Assert.Throws<ArgumentException>(() => RunMeasures.Named("fid")).Message, StringComparison.Ordinal);
    }

    /// <summary>The generator z + shift, with a parameter so that it can be trained.</summary>
    private sealed class Shifted : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter shift;

        public Shifted(double value) : base(nameof(Shifted))
        {
            shift = nn.Parameter(full(1, (float)value));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input + shift;
    }
}
