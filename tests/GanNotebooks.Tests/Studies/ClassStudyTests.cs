using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class ClassStudyTests
{
    [Fact]
    public void Networks_Methods_DifferInOneThing()
    {
        using var scope = NewDisposeScope();
        var (z, c) = (zeros(2, ClassStudy.NoiseDimension), eye(10)[..2]);
        var x = randn(1, 1, 28, 28, generator: new Generator(2)).expand(2, 1, 28, 28); // one image twice
        foreach (string method in ClassStudy.Methods)
        {
            var (g, d) = ClassStudy.Networks(method, seed: 1);
            g.eval();
            d.eval();
            Assert.Equal([2L, 1, 28, 28], g.call(z, c).shape);
            Assert.Equal([2L, 1], d.call(x, c).shape);
            // one by one: in a batch, equal rows may differ in rounding
            float[] logits = [.. Enumerable.Range(0, 2).Select(n => d.call(x[..1], c[n..(n + 1)]).item<float>())];
            bool sees = logits[0] != logits[1];
            Assert.Equal(method is not (ClassStudy.Auxiliary or ClassStudy.Ignored), sees);
        }
        Assert.Throws<ArgumentException>(() => ClassStudy.Networks("other", 1));
    }

    // Four standard errors of 10,000 samples around chance. Requests have each class equally often, so that chance is 1/10 whatever the
    // generator draws. The controls show that a discriminator without the right class leaves G there.
    [Fact]
    public void Record_PermutedRequests_AgreeByChance()
    {
        const double chance = 0.1;
        double error = 4 * Math.Sqrt(chance * (1 - chance) / 10_000);
        var runs = RecordedClasses.All();
        Assert.Equal(ClassStudy.Methods, runs.Where(r => r.Seed == 1).Select(r => r.Method));
        Assert.All(runs, run =>
        {
            Assert.All(run.Trajectory, e => Assert.InRange(e.Permuted, chance - error, chance + error));
            bool told = run.Method is not (ClassStudy.Shuffled or ClassStudy.Ignored);
            Assert.Equal(told, run.End.Agreement > chance + error);
        });
    }

    // The recorded averaged generator, rounded to bfloat16, on fresh noise: the numbers of its record.
    [Theory]
    [InlineData(ClassStudy.Projection, 0.9)]
    [InlineData(ClassStudy.Garments, 0.75)]
    public void Generator_Recorded_MakesTheClassesThatItIsAskedFor(string method, double least)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var generator = RecordedClasses.Generator(method);
        using var classifier = method == ClassStudy.Garments ? RecordedClassifier.Fashion() : RecordedClassifier.Digits();
        var classes = arange(1000, int64).remainder(10);
        var images = generator.call(
            randn([1000, ClassStudy.NoiseDimension], generator: new Generator(3)), nn.functional.one_hot(classes, 10).to(float32));

        double agreement = classifier.Logits(images).argmax(1).eq(classes).to(float64).mean().item<double>();
        double recorded = RecordedClasses.All().Single(r => r.Method == method && r.Seed == 1).End.Agreement;
        Assert.InRange(agreement, least, 1);
        Assert.InRange(agreement, recorded - 4 * Math.Sqrt(recorded * (1 - recorded) / 1000) - 0.01, 1);
    }
}
