using GanNotebooks.Data;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class ConditionalImagesTests
{
    public static TheoryData<string> Methods => [.. ConditionalImagesRecipe.Methods];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Create_EachRow_TrainsAndAnswersConditions(string method)
    {
        using var scope = NewDisposeScope();
        var images = ConditionalImagesRecipe.TaskOf(method) == ConditionalTask.Outlines ? FashionMnist.Test() : Mnist.Test();
        using var trainer = new ConditionalImagesRecipe { Batch = 4, Steps = 2 }.Create(method, images, seed: 1).Run();
        using var pairs = ConditionalImagesRecipe.Pairs(ConditionalImagesRecipe.TaskOf(method), images, 5);
        var samples = trainer.Sample(pairs.SampleConditions(3, 0), averaged: true);
        Assert.Equal([3, .. pairs.SampleShape], samples.shape);
    }

    // The controls of the captions: what differs between two rows is what their names say.
    [Fact]
    public void Captions_RowsOfTheCode_DifferInOneThing()
    {
        var recipe = new ConditionalImagesRecipe();
        string plain = ConditionalImagesRecipe.Captions, wide = ConditionalImagesRecipe.CaptionsWideNoise,
            input = ConditionalImagesRecipe.CaptionsAtInput, matched = ConditionalImagesRecipe.CaptionsMatched;
        var config = recipe.Config(plain, 1);
        Assert.Equal(config, recipe.Config(input, 1));
        Assert.Equal(config with { NoiseDimension = 64 }, recipe.Config(wide, 1));
        Assert.Equal(config, recipe.Config(matched, 1) with { Matching = null });
        Assert.Equal([matched], ConditionalImagesRecipe.Methods.Where(m => recipe.Config(m, 1).Matching is not null));
        Assert.Equal(Shapes(wide), Shapes(input));
        Assert.Equal(Shapes(input), Shapes(matched));
        Assert.NotEqual(Shapes(plain), Shapes(wide));

        static List<string> Shapes(string method)
        {
            using var generator = ConditionalImagesRecipe.CreateGenerator(method, seed: 1);
            return [.. generator.parameters().Select(p => string.Join('x', p.shape))];
        }
    }

    // Data, the two closed forms, and one stored answer for each condition, all through the same measures.
    [Fact]
    public void Evaluate_ColourCeilingsAndFloors_AreTheOnesOfTheTask()
    {
        using var scope = NewDisposeScope();
        using var evaluator = new ConditionalImagesEvaluator(ConditionalTask.Colour, Mnist.Test());
        var stored = evaluator.Evaluate((c, _) => ColouredDigits.Paint(c, Drawn(c, seed: 0)), 0);
        var law = evaluator.Evaluate((c, index) => ColouredDigits.Paint(c, Drawn(c, index + 1)), 0);
        foreach (var data in new[] { stored, law })
        {
            Assert.InRange(data["red"], 0.64, 0.76); // four standard errors
            Assert.Equal(1, data["same class"], 1e-6);
        }
        // Every condition has its 16 samples: of the law nearly all have both colours, and what is stored has one.
        Assert.InRange(law["both colours"], 0.95, 1);
        Assert.Equal(0, Evaluate(evaluator, c => ColouredDigits.Paint(c, [.. Enumerable.Repeat(true, (int)c.shape[0])]))["both colours"]);
        Assert.Equal(0.6, Evaluate(
            evaluator, c => ColouredDigits.Paint(c, [.. Enumerable.Repeat(true, (int)c.shape[0])]))["absolute error"],
            0.06);
        var mean = Evaluate(evaluator, c => cat([(c + 1) * 0.7 - 1, full_like(c, -1), (c + 1) * 0.3 - 1], 1));
        Assert.Equal(0.42, mean["squared error"], 0.02);
        Assert.Equal((0, 1, 1), (mean["spread over z"], mean["red"], mean["mixed"]));
    }

    // The condition is what says which digit: without it a prediction agrees with its digit by chance.
    [Fact]
    public void Run_L1WithCondition_KeepsTheDigit()
    {
        using var scope = NewDisposeScope();
        using var evaluator = new ConditionalImagesEvaluator(ConditionalTask.Colour, Mnist.Test());
        using var trainer = new ConditionalImagesRecipe { Batch = 16, Steps = 200 }
            .Create(ConditionalImagesRecipe.ColourL1, Mnist.Train(), seed: 1).Run();
        Assert.InRange(evaluator.Evaluate(trainer)["same class"], 0.6, 1);
        var shuffled = evaluator.Evaluate((c, index) => trainer.Sample(c.roll(1, 0), index, averaged: true), 0);
        Assert.InRange(shuffled["same class"], 0, 0.2);
    }

    [Fact]
    public void TaskOf_UnknownRow_ThrowsAndNamesIt() =>
        Assert.Contains("'green'", Assert.Throws<ArgumentException>(() => ConditionalImagesRecipe.TaskOf("green")).Message,
            StringComparison.Ordinal);

    private static ConditionalImagesEvaluation Evaluate(ConditionalImagesEvaluator evaluator, Func<Tensor, Tensor> answer) =>
        evaluator.Evaluate((c, _) => answer(c), 0);

    private static bool[] Drawn(Tensor conditions, int seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, (int)conditions.shape[0]).Select(_ => random.NextDouble() < 0.7)];
    }
}
