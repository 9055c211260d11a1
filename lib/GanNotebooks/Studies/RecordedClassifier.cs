using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A trained classifier on disk: a folder below <c>data/pretrained</c> with the weights and a record of the training.
/// </summary>
public static class RecordedClassifier
{
    private const string WeightsName = "weights", Weights = WeightsName + ".safetensors";

    /// <summary>Loads the classifier of the MNIST digits from <c>data/pretrained/mnist-classifier</c>.</summary>
    /// <exception cref="InteropException">The weights are missing, damaged or not the recorded ones.</exception>
    public static FeatureNetwork Digits() => Load("mnist-classifier", "LeNet trained on MNIST");

    /// <summary>Loads the classifier of the Fashion-MNIST clothes from <c>data/pretrained/fashion-mnist-classifier</c>.</summary>
    /// <exception cref="InteropException">The weights are missing, damaged or not the recorded ones.</exception>
    public static FeatureNetwork Fashion() => Load("fashion-mnist-classifier", "LeNet trained on Fashion-MNIST");

    /// <summary>Trains and tests a classifier, and writes its weights and its record.</summary>
    /// <param name="folder">Folder for both files; it is created if it does not exist.</param>
    /// <param name="training">The settings of the training.</param>
    /// <param name="train">Images to train on.</param>
    /// <param name="test">Test images, which are used for nothing else.</param>
    /// <param name="progress">Callback that receives one line of text per epoch.</param>
    /// <returns>The accuracy on the test images.</returns>
    public static MeanWithError Make(string folder, ClassifierTraining training, ImageDataset train, ImageDataset test,
        Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(progress);
        var losses = new JsonArray();
        var net = training.Train(train, (epoch, loss) =>
        {
            losses.Add(Math.Round(loss, 5));
            progress(FormattableString.Invariant($"epoch {epoch} of {training.Epochs}: cross-entropy {loss:F4} nats"));
        });
        using var network = new FeatureNetwork(net, train.Name);
        var accuracy = network.Accuracy(test);
        Directory.CreateDirectory(folder);
        net.save_safetensors(Path.Combine(folder, Weights));
        var record = Describe(training, train, test, losses, accuracy);
        record["sha256"] = new JsonObject { [WeightsName] = RecordedWeights.Hash(Path.Combine(folder, Weights)) };
        AtomicFile.WriteText(Path.Combine(folder, RecordedWeights.RecordFile),
            record.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return accuracy;
    }

    private static FeatureNetwork Load(string folder, string name)
    {
        var classifier = new LeNet();
        try
        {
            string path = Path.Combine(DataFolder.Find(), "pretrained", folder);
            RecordedWeights.Load(classifier, path, WeightsName, RecordedWeights.Record(path));
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
        return new FeatureNetwork(classifier, name);
    }

    private static JsonObject Describe(ClassifierTraining training, ImageDataset train, ImageDataset test, JsonArray losses,
        MeanWithError accuracy) => new()
        {
            ["network"] = nameof(LeNet),
            ["features"] = $"{LeNet.FeatureCount} numbers after the ReLU of full2",
            ["trainedOn"] = $"{train.Name}, {train.Count} images",
            ["training"] = JsonSerializer.SerializeToNode(training),
            ["threads"] = get_num_threads(),
            ["crossEntropyByEpoch"] = losses,
            ["testedOn"] = $"{test.Name}, {test.Count} images",
            ["testAccuracy"] = Math.Round(accuracy.Value, 6),
            ["testAccuracyStandardError"] = Math.Round(accuracy.StandardError, 6),
            ["versions"] = new JsonObject
            {
                ["TorchSharp"] = typeof(Tensor).Assembly.GetName().Version?.ToString(3),
                ["libtorch"] = __version__,
                [".NET"] = Environment.Version.ToString(),
            },
        };
}
