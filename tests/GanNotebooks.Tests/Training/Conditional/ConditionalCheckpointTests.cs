using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>
/// Conditional runs that stop halfway: whatever the conditioning, they end as an uninterrupted run does; and a checkpoint of another
/// conditioning is refused.
/// </summary>
public sealed class ConditionalCheckpointTests : IDisposable
{
    private const int Steps = 4, Batch = 4;

    private static readonly Lazy<ImageDataset> digits = new(() => Mnist.Test().Take(200));
    private static readonly Lazy<ImageDataset> garments = new(() => FashionMnist.Test().Take(200));

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    private string FileName => Path.Combine(folder, "a.checkpoint");

    public static TheoryData<string> ImageRows => [.. ConditionalImagesRecipe.Methods];

    /// <summary>Conditional batch normalisation in G with three discriminators, and the concatenation in both. The garments have the
    /// networks of the projection.</summary>
    public static TheoryData<string> ClassRows => [.. ClassStudy.Methods.Where(m => m != ClassStudy.Garments)];

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(ImageRows))]
    [MemberData(nameof(ClassRows))]
    public void Load_HalfwayOfARow_EndsWithTheSameWeightsAndBuffers(string row)
    {
        SortedDictionary<string, byte[]> start, half, whole, resumed;
        using (var trainer = Create(row))
        {
            start = State(trainer);
            trainer.Run();
            whole = State(trainer);
        }
        using (var trainer = Create(row))
        {
            trainer.Run(until: Steps / 2).Save(FileName);
            half = State(trainer);
        }
        using (var trainer = Create(row))
        {
            trainer.Load(FileName);
            Assert.Equal(half, State(trainer));
            Assert.Equal(Steps, trainer.Run().Step);
            resumed = State(trainer);
        }

        Assert.Equal(whole, resumed);
        // Power: G has running statistics, and training has changed them and the weights before and after the stop.
        Assert.Contains(whole.Keys, k => k.StartsWith("generator.", StringComparison.Ordinal)
            && k.EndsWith("running_var", StringComparison.Ordinal));
        foreach (string key in whole.Keys.Where(k => k.StartsWith("generator.", StringComparison.Ordinal)))
        {
            Assert.NotEqual(start[key], half[key]);
            Assert.NotEqual(half[key], whole[key]);
        }
    }

    public static TheoryData<string, string, string> Others => new()
    {
        { ClassStudy.Projection, ClassStudy.Concatenation, "other networks" },
        { ClassStudy.Projection, ClassStudy.Ignored, "other networks" },
        { ClassStudy.Ignored, ClassStudy.Projection, "other networks" },
        { ClassStudy.Projection, ClassStudy.Auxiliary, "AuxiliaryWeight: 0 in the checkpoint, 1 here" },
        { ClassStudy.Projection, ClassStudy.Shuffled, "not on" },
        { ClassStudy.Shuffled, ClassStudy.Projection, "shuffled pairs" },
        { ConditionalImagesRecipe.Colour, ConditionalImagesRecipe.ColourBlind, "other networks" },
        { ConditionalImagesRecipe.ColourL1, ConditionalImagesRecipe.ColourL2, "Reconstruction.Norm" },
        { ConditionalImagesRecipe.Captions, ConditionalImagesRecipe.CaptionsOneScene, "one scene" },
        { ConditionalImagesRecipe.OutlinesGan, ConditionalImagesRecipe.OutlinesShuffled, "shuffled pairs" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Load_OtherConditioning_IsRefusedAndChangesNothing(string saved, string here, string expected)
    {
        using (var trainer = Create(saved))
            trainer.Run(until: 1).Save(FileName);
        using var other = Create(here);
        AssertRefused(other, expected);
    }

    // The name of the data says nothing of the width here, so that the weights must.
    [Fact]
    public void Load_OtherWidthOfTheCondition_IsRefusedAndChangesNothing()
    {
        using (var trainer = OfWidth(2))
            trainer.Run(until: 1).Save(FileName);
        using (var same = OfWidth(2))
        {
            same.Load(FileName);
            Assert.Equal(1, same.Step);
        }
        using var wider = OfWidth(3);
        AssertRefused(wider, "other networks");
    }

    private void AssertRefused(Trainer trainer, string expected)
    {
        var (before, position) = (State(trainer), trainer.Data.Position);
        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => trainer.Load(FileName)).Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Step);
        Assert.Equal(position, trainer.Data.Position);
        Assert.Equal(before, State(trainer));
    }

    // Every tensor of both networks, buffers included, and of the average, byte for byte.
    private static SortedDictionary<string, byte[]> State(Trainer trainer)
    {
        using var inner = NewDisposeScope();
        var all = trainer.AverageState.Select(t => ("average." + t.Name, t.Tensor))
            .Concat(trainer.Generator.state_dict().Select(e => ("generator." + e.Key, e.Value)))
            .Concat(trainer.Discriminator.state_dict().Select(e => ("discriminator." + e.Key, e.Value)));
        return new(all.ToDictionary(t => t.Item1, t => t.Item2.detach().clone().bytes.ToArray()), StringComparer.Ordinal);
    }

    private static Trainer Create(string row)
    {
        if (ConditionalImagesRecipe.Methods.Contains(row))
        {
            bool outlines = ConditionalImagesRecipe.TaskOf(row) == ConditionalTask.Outlines;
            return new ConditionalImagesRecipe { Batch = Batch, Steps = Steps }.Create(row, (outlines ? garments : digits).Value, seed: 1);
        }

        var (g, d) = ClassStudy.Networks(row, seed: 1);
        IConditionedBatches pairs = new LabelledImages(digits.Value, seed: 1);
        return new Trainer(new TrainingConfig
        {
            Steps = Steps, BatchSize = Batch, NoiseDimension = ClassStudy.NoiseDimension, Seed = 1, AverageHalfLife = 10,
            AuxiliaryWeight = row == ClassStudy.Auxiliary ? 1 : 0,
        }, g, d, row == ClassStudy.Shuffled ? new ShuffledPairs(pairs) : pairs);
    }

    private static Trainer OfWidth(int classes)
    {
        var weights = new Generator(11);
        return new Trainer(new TrainingConfig { Steps = Steps, BatchSize = Batch, NoiseDimension = 2 },
            new ConcatenatedCondition(new MultilayerPerceptron(2 + classes, [8], [1])).UniformFanIn(weights),
            new ConcatenatedCondition(new MultilayerPerceptron(1 + classes, [8], [1])).UniformFanIn(weights), new Unnamed(classes));
    }

    private sealed class Unnamed(int classes) : StreamedBatches(seed: 0), IConditionedBatches
    {
        public override string Name => "pairs";

        public override IReadOnlyList<long> SampleShape => [1];

        public IReadOnlyList<long> ConditionShape => [classes];

        public override Tensor Next(int batchSize) => ones(batchSize, 1);

        public ConditionedBatch NextPair(int batchSize) => new(Next(batchSize), SampleConditions(batchSize));

        public Tensor SampleConditions(int count, long index = 0) => ones(count, classes);
    }
}
