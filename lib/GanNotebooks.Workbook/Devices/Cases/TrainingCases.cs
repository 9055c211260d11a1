using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// The trainer: its steps against a textbook loop in float64, checkpoints between devices, and interrupted runs that resume.
/// </summary>
internal static class TrainingCases
{
    private const double Tolerance = 1e-5; // of parameters near 1 that moved by 0.005
    private const double Relative = 1e-3; // of sums of 784 float32, ten steps of Adam later
    private const int Steps = 5, Batch = 16;

    public static IEnumerable<DeviceTest> All =>
    [
        Test("five steps and the average, against a textbook loop", AgainstTextbook),
        Test("checkpoint of the CPU, read on the device and written again", device => Moved(CPU, device)),
        Test("checkpoint of the device, read on the CPU and written again", device => Moved(device, CPU)),
        Test("resumed run of perceptrons, byte for byte", device => Resumed(() => Perceptrons(device))),
        Test("resumed run of DCGAN, byte for byte", device => Resumed(() => Images(device))),
        Test("variational autoencoder, ten steps, against the CPU", LatentModel) with { Covers = [typeof(VariationalAutoencoder)] },
        Test("restricted Boltzmann machine, one update and free energies, against the CPU", Boltzmann)
            with { Covers = [typeof(BernoulliRbm)] },
        Test("resumed run of a DCGAN with ADA, byte for byte", device => Resumed(() => Images(device, augmentation: Adaptive)))
            with { Covers = [typeof(AdaptiveProbability)] },
        Test("tensors stay as many", device =>
        {
            using var trainer = Images(device);
            trainer.Run(until: 2);
            long before = Tensor.TotalCount;
            trainer.Run(until: 6);
            return Finding.Exactly(Math.Max(0, Tensor.TotalCount - before), "after four steps more");
        }),
    ];

    // p moves at every second batch.
    private static Augmentation Adaptive => new()
    {
        Cutout = 0.5, Adaptive = new AdaptiveProbability(Target: -0.99, ImagesPerUnit: 100, Every: 2),
    };

    /// <summary>A small run on digits.</summary>
    public static Trainer Images(Device device, Func<Network, Network>? cast = null, Augmentation? augmentation = null)
    {
        using var weights = new Generator(11);
        Network g = new DcganGenerator(28, 1, 5, 8).Dcgan(weights).to(device),
            d = new DcganDiscriminator(28, 1, 8).Dcgan(weights).to(device);
        var config = new TrainingConfig
        {
            Steps = 8, BatchSize = Batch, NoiseDimension = 5, RecordEvery = 1, Seed = 3, AverageHalfLife = 30, Augmentation = augmentation,
        };
        return new Trainer(config, cast?.Invoke(g) ?? g, cast?.Invoke(d) ?? d,
            new ShuffledBatches(Mnist.Test().Take(200), 1, device: device), device);
    }

    private static DeviceTest Test(string name, Func<Device, Finding> run) => new("training", name, run);

    private static Trainer Perceptrons(Device device)
    {
        using var weights = new Generator(11);
        var (g, d) = (new MultilayerPerceptron(2, [16], [2]).UniformFanIn(weights).to(device), new MaxoutPerceptron(2, [16], 3)
            .UniformFanIn(weights).to(device));
        var config = new TrainingConfig { Steps = 8, BatchSize = Batch, RecordEvery = 1, Seed = 3 };
        return new Trainer(config, g, d, DeviceBatches.Of(new RingData(seed: 1), device), device);
    }

    // The noise is the same on both, because it is drawn on the CPU.
    private static Finding LatentModel(Device device)
    {
        double[] Trained(Device place)
        {
            using var weights = new Generator(11);
            using var vae = new VariationalAutoencoder(784, [16], 3, new BernoulliLikelihood(), weights).to(place);
            using var trainer = new ModelTrainer(new ModelConfig { Steps = 10, BatchSize = Batch, RecordEvery = 1, Seed = 3 }, vae,
                new PixelBatches(Mnist.Test().Take(200), 1, device: place), place);
            trainer.Run();
            using var pixels = PixelBatches.All(Mnist.Test().Take(50));
            using var random = new Generator(5);
            return [.. vae.ImportanceWeightedBound(pixels.to(place), 4, random), vae.Evaluate(pixels.to(place), random).Elbo.Value];
        }
        return new Finding(Trained(CPU).Zip(Trained(device), (a, b) => Math.Abs(a - b) / Math.Abs(a)).Max(), Relative, "bounds in nats");
    }

    // One sweep only: after more of them, a rounding could flip a unit.
    private static Finding Boltzmann(Device device)
    {
        double[] Trained(Device place)
        {
            using var scope = NewDisposeScope();
            using var weights = new Generator(11);
            var digits = PixelBatches.All(Mnist.Test().Take(Batch), PixelValues.Rounded);
            var rbm = new BernoulliRbm(784, 8).Start(weights, digits.mean([0])).to(place);
            using var learning = new BoltzmannLearning(rbm) { Centring = 0.1 };
            foreach (var parameter in rbm.parameters())
                parameter.grad = zeros_like(parameter, requires_grad: false);
            learning.Backward(digits.to(place), weights);
            return [.. rbm.FreeEnergy(digits.to(place)).cpu().data<float>().Select(f => (double)f),
                .. rbm.parameters().Select(p => (double)p.grad!.norm().item<float>())];
        }
        return new Finding(Trained(CPU).Zip(Trained(device), (a, b) => Math.Abs(a - b) / Math.Abs(a)).Max(), Relative,
            "free energies and norms of gradients");
    }

    // G ignores its noise, so that the textbook loop need not draw it.
    private static Finding AgainstTextbook(Device device)
    {
        const double halfLife = 40, rate = 1e-3;
        var (start, critic) = (randn([Batch, 2], generator: new Generator(5)), new MultilayerPerceptron(2, [16, 16], [1], Activation.Tanh)
            .UniformFanIn(new Generator(6)));
        var config = new TrainingConfig
        {
            Steps = Steps, BatchSize = Batch, RecordEvery = 1, AverageHalfLife = halfLife,
            DiscriminatorOptimizer = new AdamConfig(rate), GeneratorOptimizer = new AdamConfig(rate)
        };
        var (g, d) = (new TableGenerator(start), new MultilayerPerceptron(2, [16, 16], [1], Activation.Tanh));
        d.load_state_dict(critic.state_dict());
        using var trainer = new Trainer(config, g.to(device), d.to(device), new RingData(seed: 1, device: device), device);
        trainer.Run();
        Tensor average = null!;
        trainer.WithAverage(averaged => average = averaged.parameters().Single().detach().clone().MoveToOuterDisposeScope());

        var (g64, d64, data) = (new TableGenerator(start).to(float64), critic.to(float64), new RingData(seed: 1));
        var (adamG, adamD) = (optim.Adam(g64.parameters(), rate, 0.5, 0.999), optim.Adam(d64.parameters(), rate, 0.5, 0.999));
        var expected = g64.parameters().Single().detach().clone();
        for (int step = 0; step < Steps; step++)
        {
            var real = data.Next(Batch).to(float64);
            adamD.zero_grad();
            (nn.functional.softplus(-d64.call(real)).mean() + nn.functional.softplus(d64.call(g64.call(real).detach())).mean()).backward();
            adamD.step();
            adamG.zero_grad();
            nn.functional.softplus(-d64.call(g64.call(real))).mean().backward();
            adamG.step();
            double keep = Math.Pow(0.5, Batch / halfLife);
            expected = keep * expected + (1 - keep) * g64.parameters().Single().detach();
        }
        Tensor[] trained = [.. g.parameters(), .. d.parameters(), average], textbook = [.. g64.parameters(), .. d64.parameters(), expected];
        return new Finding(Differences.Relative(trained, textbook, floor: 1), Tolerance,
            "relative to the largest parameter, float32 against float64 on the CPU");
    }

    // Reading a checkpoint and writing it again gives the same bytes on every device.
    private static Finding Moved(Device from, Device to)
    {
        var folder = Directory.CreateTempSubdirectory("gan-notebooks-");
        try
        {
            string first = Path.Combine(folder.FullName, "first"), second = Path.Combine(folder.FullName, "second");
            using var writer = Images(from);
            using var reader = Images(to);
            writer.Run(until: 4).Save(first);
            reader.Load(first);
            reader.Save(second);
            long differing = Differences.Bytes(File.ReadAllBytes(first), File.ReadAllBytes(second))
                + Differences.Bytes(Differences.Of(writer.Generator, writer.Discriminator),
                    Differences.Of(reader.Generator, reader.Discriminator));
            bool goesOn = reader.Run().History.All(r => double.IsFinite(r.DiscriminatorLoss)) && reader.Step == reader.Config.Steps;
            return Finding.Exactly(differing + (goesOn ? 0 : 1),
                $"{new FileInfo(first).Length} bytes, {from.type} to {to.type}; the run went on to step {reader.Step}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Finding Resumed(Func<Trainer> make)
    {
        var folder = Directory.CreateTempSubdirectory("gan-notebooks-");
        try
        {
            string file = Path.Combine(folder.FullName, "checkpoint");
            using var whole = make();
            using var again = make();
            using var broken = make();
            using var resumed = make();
            byte[] expected = State(whole.Run()), repeated = State(again.Run());
            broken.Run(until: 3).Save(file);
            broken.Run(until: 5); // lost
            resumed.Load(file);
            long differing = Differences.Bytes(expected, State(resumed.Run()));
            return Finding.Exactly(differing,
                $"of {expected.Length} bytes; two runs that nobody broke off differ in {Differences.Bytes(expected, repeated)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] State(Trainer trainer) => Differences.Of(trainer.Generator, trainer.Discriminator);

    /// <summary>A generator whose samples are its parameters.</summary>
    private sealed class TableGenerator : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter table;

        public TableGenerator(Tensor start) : base(nameof(TableGenerator))
        {
            table = nn.Parameter(start.clone());
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => table * 1;
    }
}
