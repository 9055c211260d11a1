using GanNotebooks.Data;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class TrainingRecipeTests
{
    public static TheoryData<string, string> Pairs => [.. from d in RecipeData.All from m in RecipeModel.All select (d.Name, m.Name)];

    // Every pair of entries trains, or is refused with the models that the data take.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Create_EveryPairOfTheRegistry_TrainsOrIsRefused(string data, string model)
    {
        Assert.SkipUnless(data != "fashion" || FashionMnist.IsAvailable(),
            "Fashion-MNIST is not installed: apt install dataset-fashion-mnist");
        var recipe = new TrainingRecipe(data, model) { Steps = 1, BatchSize = 4, Width = 2 };
        if (RecipeModel.Named(model).Learns(RecipeData.Named(data)))
        {
            using var trainer = recipe.Create(CPU).Run();
            Assert.True(double.IsFinite(trainer.History[^1].GeneratorLoss));
            Assert.NotEmpty(RecipeModel.Named(model).Title(recipe));
            using var samples = trainer.Sample(2);
            long[] shape = recipe.IsImages ? [2, recipe.Channels, 28, 28] : [2, 2];
            Assert.Equal(shape, samples.shape);
        }
        else
        {
            Assert.Contains($"the model {model} is for {RecipeModel.Named(model).For}; {data} takes the model",
                Assert.Throws<ArgumentException>(() => recipe.Create(CPU)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Registry_Names_AreDistinctAndFoundWhateverTheirCapitals()
    {
        Assert.Distinct(RecipeData.All.Select(d => d.Name));
        Assert.Distinct(RecipeModel.All.Select(m => m.Name));
        Assert.Same(RecipeData.All[0], RecipeData.Named("MNIST"));
        Assert.Same(RecipeModel.All[2], RecipeModel.Named("Dcgan"));
        Assert.Contains("mnist, fashion, stacked, ring, wide-ring, grid",
            Assert.Throws<ArgumentException>(() => RecipeData.Named("cats")).Message, StringComparison.Ordinal);
        Assert.Contains("mlp, plain, dcgan, residual", Assert.Throws<ArgumentException>(() => RecipeModel.Named("vae")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlp", 2, null, "Packing is for the models plain and dcgan")]
    [InlineData("residual", 1, 4, "DiscriminatorWidth is for the model dcgan")]
    public void Config_PackingOfAModelWithoutIt_IsRefused(string model, int packing, int? width, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(
            () => new TrainingRecipe("mnist", model) { Packing = packing, DiscriminatorWidth = width }.Config).Message,
            StringComparison.Ordinal);
}
