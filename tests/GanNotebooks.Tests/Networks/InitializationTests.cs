using GanNotebooks.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class InitializationTests
{
    public static TheoryData<string> Names => [.. Starts.Keys];

    private static readonly Dictionary<string, Action<nn.Module, Generator>> Starts = new()
    {
        ["UniformFanIn"] = (network, random) => network.UniformFanIn(random),
        ["Normal"] = (network, random) => network.Normal(random, 1),
        ["Uniform"] = (network, random) => network.Uniform(random, 1),
        ["Dcgan"] = (network, random) => network.Dcgan(random),
        ["Fixup"] = (network, random) => network.Fixup(random),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Start_UnknownLayerWithParameters_IsRefusedBeforeAnyNumberIsDrawn(string name)
    {
        using var scope = NewDisposeScope();
        using var known = name == "Fixup" ? (nn.Module<Tensor, Tensor>)nn.Conv2d(2, 2, 3) : nn.Linear(2, 2);
        using var network = nn.Sequential(("known", known), ("scale", new Scale()));
        var before = known.parameters().Select(p => p.clone()).ToList();
        using var random = new Generator(1);
        var error = Assert.Throws<ArgumentException>(() => Starts[name](network, random));
        string remedy = name is "Normal" or "Uniform" ? "it starts linear layers only" : "a layer of your own says how";
        Assert.StartsWith($"{name} does not start factor of a Scale; {remedy}", error.Message, StringComparison.Ordinal);
        Assert.All(known.parameters().Zip(before), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    // A run is a function of its seed, whatever the process has drawn before.
    [Fact]
    public void Start_SpectralNorm_DependsOnTheGeneratorAlone()
    {
        using var scope = NewDisposeScope();
        float[] Logits(long other)
        {
            using var _ = NewDisposeScope();
            manual_seed(other);
            using var random = new Generator(7);
            using var network = new MultilayerPerceptron(2, [8], [1], spectralNorm: true).UniformFanIn(random);
            network.eval(); // no step of the power iteration
            return [.. network.call(ones(3, 2)).data<float>()];
        }
        Assert.Equal(Logits(1), Logits(2));
        using var one = new Generator(7);
        using var two = new Generator(7);
        Assert.All(new MultilayerPerceptron(2, [8], [1], spectralNorm: true).UniformFanIn(one).parameters()
            .Zip(new MultilayerPerceptron(2, [8], [1]).UniformFanIn(two).parameters()),
            pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    // Torch's own layers that these initialisations have no rule for.
    [Fact]
    public void Start_TorchLayerWithoutARule_IsRefused()
    {
        using var random = new Generator(1);
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.LayerNorm(3)).Dcgan(random));
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.BatchNorm1d(3)).Dcgan(random));
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.ConvTranspose2d(2, 2, 3)).UniformFanIn(random));
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.Conv2d(2, 2, 3)).Normal(random, 1));
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.Linear(2, 2)).Fixup(random));
    }

    [Fact]
    public void Start_LayerThatSaysHow_IsDrawn()
    {
        using var scope = NewDisposeScope();
        foreach (string name in new[] { "UniformFanIn", "Dcgan", "Fixup" })
        {
            using var network = nn.Sequential(new Says());
            Starts[name](network, new Generator(1));
            Assert.True(network.parameters().Single().ne(Says.Untouched).all().item<bool>(), name);
        }
    }

    [Fact]
    public void Start_BatchNormalisation_KeepsOneAndZero()
    {
        using var network = new MultilayerPerceptron(2, [3], [1], batchNorm: true).UniformFanIn(new Generator(1));
        var norm = Assert.Single(network.modules().OfType<BatchNorm1d>());
        Assert.Equal([1, 1, 1], norm.weight!.data<float>().ToArray());
        Assert.Equal([0, 0, 0], norm.bias!.data<float>().ToArray());
    }

    // Recorded before initialisations refused anything. A processor may round the logarithm of a normal number another way.
    [Fact]
    public void Start_FixedSeed_DrawsTheRecordedWeights()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(10.363406006246805, Sum(new MultilayerPerceptron(3, [4], [1]).UniformFanIn(new Generator(1))), Rounding);
        Assert.Equal(97.52731275185943, Sum(new MaxoutPerceptron(3, [4], 2).Normal(new Generator(1), 1)), Rounding);
        Assert.Equal(523.7436247423466, Sum(new DcganGenerator(8, 1, 3, 2).Dcgan(new Generator(1))), Rounding);
        Assert.Equal(652.3850193391627, Sum(new DcganDiscriminator(8, 1, 2).Dcgan(new Generator(1))), Rounding);
        Assert.Equal(895.0977299483493, Sum(new ResidualGenerator(8, 1, 3, 2).Fixup(new Generator(1))), Rounding);
        Assert.Equal(-53.547733046114445, Sum(new ResidualDiscriminator(8, 1, 2).Fixup(new Generator(1))), Rounding);
    }

    private const double Rounding = 1e-4;

    // Weighted by their place, so that no two may change places; float64 keeps it exact.
    private static double Sum(nn.Module network)
    {
        var all = cat([.. network.parameters().Select(p => p.detach().flatten().to(float64))]);
        return (all * arange(1, all.numel() + 1, float64)).data<double>().ToArray().Sum();
    }

    private sealed class Scale : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter factor = nn.Parameter(ones(2));

        public Scale() : base(nameof(Scale)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * factor;
    }

    private sealed class Says : nn.Module<Tensor, Tensor>, IInitializable
    {
        public const float Untouched = 1e6f;

        private readonly Parameter factor = nn.Parameter(full(2, Untouched));

        public Says() : base(nameof(Says)) => RegisterComponents();

        public Parameter Weight() => factor;

        public Parameter? Bias() => null;

        public long FanIn() => 2;

        public override Tensor forward(Tensor input) => input * factor;
    }
}
