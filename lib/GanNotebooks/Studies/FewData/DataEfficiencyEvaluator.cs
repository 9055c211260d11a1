using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>Measures a GAN in training against the images that it is trained on and against test images.</summary>
public sealed class DataEfficiencyEvaluator : IDisposable
{
    private const int LargestPool = 1000, Block = 1000, Logits = 2000, OrderSeed = 1;

    private readonly FeatureNetwork network;
    private readonly Tensor training, test;
    private readonly FeatureSet trainingFeatures, poolFeatures, testFeatures, trainingPixels, poolPixels;

    /// <summary>Computes what all evaluations share.</summary>
    /// <param name="network">The network of the features; the caller's.</param>
    /// <param name="training">The images that the GAN is trained on, in random order.</param>
    /// <param name="test">Images of the same law that it is not trained on, at least as many as a pool. Their order is changed: the first
    /// half of MNIST's test images is harder than the second.</param>
    public DataEfficiencyEvaluator(FeatureNetwork network, ImageDataset training, ImageDataset test)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        this.network = network;
        int pool = Math.Min(LargestPool, Math.Min(training.Count, test.Count));
        using var scope = NewDisposeScope();
        this.training = training.Take(Math.Min(Logits, training.Count)).ToTensor().DetachFromDisposeScope();
        this.test = InRandomOrder(test).ToTensor().DetachFromDisposeScope();
        testFeatures = network.Features(this.test);
        var (seen, unseen) = (training.Take(pool).ToTensor(), this.test.narrow(0, 0, pool));
        (trainingFeatures, poolFeatures) = (network.Features(seen), network.Features(unseen));
        (trainingPixels, poolPixels) = (FeatureSet.Pixels(seen), FeatureSet.Pixels(unseen));
    }

    /// <summary>Number of generated images whose Fréchet distances are computed.</summary>
    public int Samples { get; init; } = 5000;

    /// <summary>Returns the held-out images in the order in which they are used, [N, 1, 28, 28]; owned by the evaluator.</summary>
    public Tensor Test => test;

    /// <summary>Number m of images in each pool: all training images, but at most 1,000.</summary>
    public int Pool => trainingFeatures.Count;

    /// <summary>Computes the logits of the current D, in evaluation mode.</summary>
    /// <param name="trainer">The run.</param>
    /// <returns>Logits on training images, on as many test images, and on images of the current generator.</returns>
    public (IReadOnlyList<double> Training, IReadOnlyList<double> HeldOut, IReadOnlyList<double> Generated) LogitsOf(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var mode = new EvaluationMode(trainer.Discriminator);
        IReadOnlyList<double> Of(Tensor images) => LogitComparison.Numbers(
            cat([.. images.split(Block).Select(block => trainer.Discriminate(block.to(trainer.Device)))]));
        return (Of(training), Of(test.narrow(0, 0, Math.Min(Logits, test.size(0)))), Of(trainer.Sample(Logits)));
    }

    /// <summary>Evaluates a run at its current step.</summary>
    /// <param name="trainer">A run that keeps an average of its generator.</param>
    public DataEfficiencyEvaluation Evaluate(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        var (seen, unseen, made) = LogitsOf(trainer);
        var logits = LogitComparison.Of(seen, unseen, made);
        var images = trainer.Sample(Samples, averaged: true);
        using var features = network.Features(images);
        using var pixels = FeatureSet.Pixels(images.narrow(0, 0, Math.Min(Samples, Logits)));
        var distance = FrechetDistance.Between(testFeatures, features).Value;
        var preference = NeighbourPreference.Of(pixels, trainingPixels, poolPixels).Training;
        return new DataEfficiencyEvaluation(trainer.Step, logits.Training, logits.HeldOut, logits.Generated, logits.TrainingSign,
            logits.HeldOutShare, logits.MembershipAuc.Value, logits.MembershipAuc.StandardError, distance.Value, distance.StandardError,
            FrechetDistance.Between(trainingFeatures, features).Value, FrechetDistance.Between(poolFeatures, features).Value,
            preference.Value, preference.StandardError, trainer.AugmentationProbability);
    }

    /// <summary>
    /// The yardstick of the neighbours' shares: real images of neither pool, with the pools of a recorded run. Two pools are not equally
    /// close to a law, and images of one source are closer to the pool of their source: MNIST's two sets have different writers.
    /// </summary>
    /// <param name="train">All training images.</param>
    /// <param name="test">All test images.</param>
    /// <param name="count">Number of images that the run is trained on.</param>
    /// <param name="seed">Seed of the run, which draws them.</param>
    /// <returns>The shares of at most 2,000 training images and of as many test images whose nearest image, in pixels, is one of the
    /// training pool. A generator learns the law of the training images.</returns>
    /// <exception cref="ArgumentException">There are no images beyond the pools.</exception>
    public static (MeanWithError OfTraining, MeanWithError OfTest) PreferenceOfRealImages(ImageDataset train, ImageDataset test, int count,
        int seed)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int pool = Math.Min(LargestPool, Math.Min(count, test.Count));
        if (train.Count <= pool || test.Count <= pool)
            throw new ArgumentException($"expected more than {pool} images of each set, which are in the pools");
        using var scope = NewDisposeScope();
        var own = DataEfficiencyRecipe.Subset(train, pool + Logits, seed).ToTensor();
        var others = InRandomOrder(test).ToTensor();
        using var seen = FeatureSet.Pixels(own.narrow(0, 0, pool));
        using var heldOut = FeatureSet.Pixels(others.narrow(0, 0, pool));
        return (Preference(own), Preference(others));

        MeanWithError Preference(Tensor images)
        {
            using var fresh = FeatureSet.Pixels(images.narrow(0, pool, Math.Min(Logits, images.size(0) - pool)));
            return NeighbourPreference.Of(fresh, seen, heldOut).Training;
        }
    }

    private static ImageDataset InRandomOrder(ImageDataset test) =>
        test.Select([.. new SeededRandom(OrderSeed).NextPermutation(test.Count).Select(i => (long)i)]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var set in new[] { trainingFeatures, poolFeatures, testFeatures, trainingPixels, poolPixels })
            set.Dispose();
        training.Dispose();
        test.Dispose();
    }
}
