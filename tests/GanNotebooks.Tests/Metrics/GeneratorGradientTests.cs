using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class GeneratorGradientTests
{
    [Theory]
    [InlineData(Activation.Tanh, Activation.Identity)]
    [InlineData(Activation.LeakyReLU, Activation.Tanh)]
    [InlineData(Activation.ReLU, Activation.Sigmoid)]
    public void SquaredNorm_SmallNetwork_EqualsTheSumOverAllPartialDerivatives(Activation hidden, Activation output)
    {
        var network = new MultilayerPerceptron(2, [5, 4], [3], hidden, output).UniformFanIn(new Generator(1));
        var z = randn(6, 2, generator: new Generator(2));
        double[] expected = Enumerable.Range(0, 6).Select(n => SumOfSquares(network, z.narrow(0, n, 1))).ToArray();
        float[] got = ParameterJacobian.SquaredNorm(network, z).data<float>().ToArray();
        for (int n = 0; n < 6; n++)
            Assert.Equal(expected[n], got[n], 1e-4 * expected[n]); // float32 sums of some fifty terms
    }

    [Theory]
    [InlineData(Activation.Tanh, Activation.Identity)]
    [InlineData(Activation.LeakyReLU, Activation.Tanh)]
    [InlineData(Activation.ReLU, Activation.Sigmoid)]
    public void Gram_SmallNetwork_GivesTheNormOfEveryVectorJacobianProductAndTheSquaredNorm(Activation hidden, Activation output)
    {
        var network = new MultilayerPerceptron(2, [5, 4], [3], hidden, output).UniformFanIn(new Generator(1));
        var z = randn(6, 2, generator: new Generator(2));
        var v = randn(6, 3, generator: new Generator(3));
        var gram = ParameterJacobian.Gram(network, z);
        Assert.Equal([6, 3, 3], gram.shape);
        float[] squares = ParameterJacobian.SquaredNorm(network, z).data<float>().ToArray();
        for (int n = 0; n < 6; n++)
        {
            var row = v[n];
            double expected = autograd.grad([network.call(z.narrow(0, n, 1))], [.. network.parameters()], [row.unsqueeze(0)])
                .Sum(g => g.pow(2).sum().item<float>());
            Assert.Equal(expected, row.matmul(gram[n]).dot(row).item<float>(), 1e-4 * expected); // float32 sums of some fifty terms
            Assert.Equal(squares[n], gram[n].trace().item<float>(), 1e-4 * squares[n]);
        }
    }

    [Fact]
    public void EstimateMeanSquaredNorm_Perceptron_IsTheExactMeanWithinItsError()
    {
        var network = new MultilayerPerceptron(2, [5, 4], [3], Activation.Tanh).UniformFanIn(new Generator(1));
        var z = randn(6, 2, generator: new Generator(2));
        double exact = ParameterJacobian.SquaredNorm(network, z).mean().item<float>();
        var (mean, error) = ParameterJacobian.EstimateMeanSquaredNorm(network, z, new Generator(3), probes: 4000);
        Assert.InRange(mean, exact - 4 * error, exact + 4 * error);
        Assert.InRange(error, 0, exact / 30); // √(2/4000) of the value for a single direction, less for several
    }

    [Fact]
    public void Measure_Dcgan_BoundHoldsAndNothingIsChanged()
    {
        var generator = new DcganGenerator(8, noise: 4, width: 4).Dcgan(new Generator(1));
        var discriminator = new DcganDiscriminator(8, width: 4).Dcgan(new Generator(2));
        using (no_grad())
            discriminator.named_parameters().Single(p => p.name == "output.bias").parameter.sub_(6);
        float[] before = State(generator).Concat(State(discriminator)).ToArray();
        var got = GeneratorGradient.Measure(generator, discriminator, randn(8, 4, generator: new Generator(3)));
        Assert.True(got.Epsilon < 1 && got.Saturating > 0 && got.Saturating <= got.Bound, got.ToString());
        Assert.Equal(before, State(generator).Concat(State(discriminator)));
        Assert.True(generator.training && discriminator.training);
    }

    private static IEnumerable<float> State(nn.Module module) =>
        module.state_dict().Values.SelectMany(t => t.to(float32).flatten().data<float>().ToArray());

    // D(x) = σ(w x + b) on the line and g_θ(z) = a z + c: every quantity has a closed form.
    [Fact]
    public void Measure_LinearNetworks_EqualsTheClosedForm()
    {
        var (generator, discriminator) = (new MultilayerPerceptron(1, [], [1]), new MultilayerPerceptron(1, [], [1]));
        Set(generator, 1.5f, 0.5f);
        Set(discriminator, -0.8f, -2);
        var z = tensor(new float[] { -1, 0, 2 }).view(-1, 1);
        double[] noise = [-1, 0, 2];
        double[] d = noise.Select(v => 1 / (1 + Math.Exp(0.8 * (1.5 * v + 0.5) + 2))).ToArray();
        double saturating = Norm(d.Select(y => -y * -0.8), noise), nonSaturating = Norm(d.Select(y => -(1 - y) * -0.8), noise);
        double epsilon = d.Max(y => y + 0.8 * y * (1 - y)), jacobian = Math.Sqrt(noise.Average(v => v * v + 1));

        var got = GeneratorGradient.Measure(generator, discriminator, z);

        Assert.Equal(saturating, got.Saturating, 1e-6);
        Assert.Equal(nonSaturating, got.NonSaturating, 1e-6);
        Assert.Equal(epsilon, got.Epsilon, 1e-6);
        Assert.Equal(epsilon / (1 - epsilon) * jacobian, got.Bound, 1e-5);
        Assert.InRange(got.Saturating, 0, got.Bound);
    }

    [Fact]
    public void Measure_ConfidentDiscriminator_BoundHoldsOverRandomNetworks()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var generator = new MultilayerPerceptron(4, [16], [8], Activation.LeakyReLU, Activation.Tanh).UniformFanIn(new Generator(seed));
            var discriminator = new MultilayerPerceptron(8, [16], [1], Activation.LeakyReLU).UniformFanIn(new Generator(seed + 100));
            using (no_grad())
                discriminator.parameters().Last().sub_(4);
            var got = GeneratorGradient.Measure(generator, discriminator, randn(32, 4, generator: new Generator(seed)));
            Assert.True(got.Epsilon < 1 && got.Saturating <= got.Bound, got.ToString());
        }
    }

    private static double Norm(IEnumerable<double> slopes, double[] z)
    {
        double[] s = slopes.ToArray();
        return Math.Sqrt(Math.Pow(s.Zip(z, (a, b) => a * b).Average(), 2) + Math.Pow(s.Average(), 2));
    }

    private static double SumOfSquares(MultilayerPerceptron network, Tensor z) => Enumerable.Range(0, 3).Sum(i =>
        autograd.grad([network.call(z)[0, i]], [.. network.parameters()]).Sum(g => g.pow(2).sum().item<float>()));

    private static void Set(MultilayerPerceptron network, float weight, float bias)
    {
        using var noGradient = no_grad();
        network.parameters().First().fill_(weight);
        network.parameters().Last().fill_(bias);
    }
}
