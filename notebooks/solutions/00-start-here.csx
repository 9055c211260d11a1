// exercise: exercise-1
double? indifferentLoss = 2 * Math.Log(2);
Check.Exercise("loss of D ≡ 1/2", 2 * 0.69314718056, indifferentLoss, 1e-3,
    "two terms of −log ½ each")

// exercise: exercise-2
double? variance = bells.Sum(b => b.Weight * (b.Std * b.Std + b.Mean * b.Mean)) - 0.3 * 0.3;
Check.Exercise("variance of the data", 2.566, variance, 1e-3,
    "within the bells plus between them")

// exercise: exercise-3
var line = new MultilayerPerceptron(1, [], [1]).UniformFanIn(weights);
var critic = new MultilayerPerceptron(1, [32, 32], [1], Activation.LeakyReLU).UniformFanIn(weights);
var lineConfig = config with { NoiseDimension = 1, Steps = 1000 };
var bellTrainer = new Trainer(lineConfig, line, critic, new MixtureData1D(bells, lab.Seed)).Run();
double? oneBell = Histogram.Of(bellTrainer.Sample(50_000), -5, 6, 110).TotalVariation(p);
Check.Exercise("total variation of one bell", 0.45, oneBell, 0.115,
    "at least 0.339, and a GAN does not minimise it")
