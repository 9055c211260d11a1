using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training.Settings;

public sealed class ConfigSettingsTests
{
    private static readonly TrainingConfig Plain = new() { Steps = 10 };

    public static TheoryData<string> Recipes { get; } = [.. RecipeModel.All.Select(m => m.Name)];

    public static TheoryData<string> Parts { get; } = [.. NamedSetting.All.Select(n => n.Name)];

    // Every axis, each with a value that is not the usual one.
    [Fact]
    public void Apply_AllSettings_MakeTheSameConfigAgain()
    {
        var config = Plain with
        {
            Steps = 7,
            BatchSize = 12,
            DiscriminatorSteps = 3,
            Order = UpdateOrder.Simultaneous,
            Loss = FDivergenceLoss.PearsonChiSquare with { Alternative = true },
            DiscriminatorOptimizer = new MomentumConfig(0.1, 0.5) { FinalMomentum = 0.7, RampSteps = 250, Decay = 1.000004, Floor = 1e-6 },
            GeneratorOptimizer = new AdamConfig(1.0 / 3, 0.25, 0.9, 1e-9),
            FinalLearningRate = 0.02,
            NoiseDimension = 5,
            Noise = NoiseKind.Uniform,
            RecordEvery = 3,
            Seed = 9,
            Penalty = new ZeroCenteredGradientPenalty(0.1, 0.3),
            WeightClip = 0.01,
            InstanceNoise = new InstanceNoise(0.4, 0.1),
            Augmentation = new Augmentation { Cutout = 0.5, Adaptive = new AdaptiveProbability(0.7) },
            Reconstruction = new ReconstructionTerm(3, PairDistance.L2, 0),
            Matching = new MatchingTerm(2),
            AuxiliaryWeight = 0.5,
            ConsensusWeight = 10,
            Packing = 4,
            UnrolledSteps = 2,
            ShareFakes = true,
            AverageHalfLife = 1000,
            Engine = GradientEngine.Autograd,
        };
        var settings = ConfigSettings.Of(config);
        Assert.Equal(config, ConfigSettings.Apply(Plain, settings));
        foreach (var property in typeof(TrainingConfig).GetProperties().Where(p => p.CanWrite))
            Assert.NotEqual(property.GetValue(Plain), property.GetValue(config));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Apply_EveryName_CanBeWrittenAndReadBack(string name)
    {
        var named = NamedSetting.All.Single(n => n.Name == name);
        string path = named.Type.Name switch
        {
            nameof(AdamConfig) or nameof(MomentumConfig) => "GeneratorOptimizer",
            nameof(AdaptiveProbability) => "Augmentation.Adaptive",
            nameof(ReconstructionTerm) => "Reconstruction",
            nameof(MatchingTerm) => "Matching",
            nameof(InstanceNoise) or nameof(Augmentation) => named.Type.Name,
            _ => typeof(IAdversarialLoss).IsAssignableFrom(named.Type) ? "Loss" : "Penalty",
        };
        var changes = ConfigSettings.With(Plain, SettingList.Empty, path, named.Usage);
        var config = ConfigSettings.Apply(Plain, changes);
        Assert.Equal(config, ConfigSettings.Apply(Plain, ConfigSettings.Of(config)));
        Assert.Equal(named.Create([.. named.Parameters.Select(p => p.Default)]), At(config, path));
    }

    // A new loss or penalty of the library needs a name.
    [Theory]
    [InlineData(typeof(IAdversarialLoss))]
    [InlineData(typeof(IDiscriminatorPenalty))]
    [InlineData(typeof(OptimizerConfig))]
    public void All_PartsOfTheLibrary_HaveAName(Type kind) => Assert.DoesNotContain(typeof(TrainingConfig).Assembly.GetExportedTypes(),
        t => kind.IsAssignableFrom(t) && !t.IsAbstract && !t.IsInterface && NamedSetting.All.All(n => n.Type != t));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void All_OfARecipe_MakesTheSameRecipeAgain(string model)
    {
        var recipe = new TrainingRecipe(RecipeData.All.First(RecipeModel.Named(model).Learns).Name, model) { Seed = 3, Steps = 50 }
            .With("GeneratorOptimizer.LearningRate", "3e-4").With("Penalty", "R1(0.5)");
        var again = recipe.All.Where(setting => setting.Key is not ("Data" or "Model"))
            .Aggregate(new TrainingRecipe(recipe.Data, recipe.Model), (r, setting) => r.With(setting.Key, setting.Value));
        Assert.Equal(recipe.Config, again.Config);
        Assert.Equal(recipe.All, again.All);
    }

    [Fact]
    public void With_NewName_ReplacesWhatWasSetBelow()
    {
        var recipe = new TrainingRecipe("ring", "mlp")
            .With("penalty", "r1(gamma=0.5)").With("Penalty.OnFake", "2").With("Penalty", "Dragan");
        Assert.Equal(new DraganPenalty(10), recipe.Config.Penalty);
        Assert.Equal(["Penalty", "Penalty.Weight"], recipe.Settings.Keys);
        Assert.Equal(["Penalty.OnReal"], new TrainingRecipe("ring", "mlp").With("Penalty", "ZeroCentered(0.2, 0.1)").Settings.Keys);
        Assert.Empty(recipe.With("Penalty", "R1R2(0.1)").Settings);
        Assert.Null(recipe.With("Penalty", "none").Config.Penalty);
    }

    [Fact]
    public void With_SameChangesInAnyOrder_AreEqual() => Assert.Equal(
        new TrainingRecipe("ring", "mlp").With("Loss", "Hinge").With("GeneratorOptimizer.LearningRate", "1e-3"),
        new TrainingRecipe("ring", "mlp").With("generatoroptimizer.learningrate", "0.001").With("loss", "hinge()"));

    [Theory]
    [InlineData("GeneratorOptimiser.LearningRate", "1", "no setting is called 'GeneratorOptimiser.LearningRate'; the nearest is "
        + "GeneratorOptimizer.LearningRate")]
    [InlineData("Batchsise", "1", "no setting is called 'Batchsise'; the nearest is BatchSize")]
    [InlineData("Loss", "hinged", "Loss: nothing is called 'hinged'; the nearest is Hinge")]
    [InlineData("Penalty", "R1(10", "has no closing bracket")]
    [InlineData("Penalty", "R1(10, 20)", "'20' does not belong to R1(gamma=1)")]
    [InlineData("Penalty", "R1(weight=10)", "'weight=10' does not belong to R1(gamma=1)")]
    [InlineData("Penalty", "R1(ten)", "'ten' is not a number")]
    [InlineData("Penalty.Weight", "1", "Penalty.Weight is no setting of ZeroCentered, which has OnReal, OnFake")]
    [InlineData("InstanceNoise.Start", "nan", "'nan' is not a number")]
    [InlineData("GeneratorOptimizer.LearningRate", "0,001", "'0,001' is not a number such as 0.001 or 1e-3")]
    [InlineData("ShareFakes", "yes", "'yes' is not true or false")]
    [InlineData("Noise", "Cauchy", "'Cauchy' is none of")]
    [InlineData("Loss", "none", "Loss cannot be none")]
    [InlineData("Loss.RealLabel", "1", "Loss.RealLabel is no setting of RelativisticPaired, which has none")]
    [InlineData("Steps.Many", "1", "no setting is called 'Steps.Many'")]
    [InlineData("Steps", "1.5", "Steps: '1.5' is not a whole number")]
    [InlineData("Model", "gan", "no model is called 'gan'")]
    public void With_WrongNameOrValue_SaysWhatIsRight(string name, string value, string words)
    {
        var error = Assert.Throws<ArgumentException>(() => new TrainingRecipe("ring", "mlp").With(name, value));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void With_PartOfNothing_SaysHowToNameIt() => Assert.Contains("name it first, such as Penalty=ZeroCentered(OnReal=1, OnFake=0)",
        Assert.Throws<ArgumentException>(() => new TrainingRecipe("ring", "plain").With("Penalty.OnReal", "1")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void With_ValueThatItsPartRefuses_NamesThePath() => Assert.StartsWith("Loss.RealLabel: ",
        Assert.Throws<ArgumentException>(() => new TrainingRecipe("ring", "plain").With("Loss.RealLabel", "2")).Message,
        StringComparison.Ordinal);

    private static object? At(object owner, string path) =>
        path.Split('.').Aggregate((object?)owner, (value, name) => value!.GetType().GetProperty(name)!.GetValue(value));
}
