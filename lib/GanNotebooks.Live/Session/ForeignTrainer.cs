using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>Describes the trainer of a notebook's cell for the page.</summary>
internal static class ForeignTrainer
{
    private const double Margin = 1.3;
    private const int Peek = 2000, MostModes = 64;

    /// <summary>The description of a trainer.</summary>
    /// <exception cref="ArgumentException">The page cannot show this trainer.</exception>
    public static LiveSetup Describe(Trainer trainer)
    {
        if (trainer.Device.type != TorchSharp.DeviceType.CPU)
            throw new ArgumentException("the live page shows trainers on the CPU");
        if (trainer.Generator is not MultilayerPerceptron g || trainer.Discriminator is not MultilayerPerceptron d
            || trainer.Data.SampleShape is not [1 or 2])
        {
            throw new ArgumentException("the live page shows perceptrons that learn points of the line or of the plane");
        }

        return new LiveSetup(Target(trainer.Data), trainer.Config.Seed, Shape(g), Shape(d), trainer.Config);
    }

    private static NetworkShape Shape(MultilayerPerceptron network) =>
        new([.. network.Linears.SkipLast(1).Select(l => (int)l.weight!.size(0))], network.HiddenActivation);

    private static LiveTarget Target(IBatchSource data)
    {
        var position = data.Position;
        using var points = data.Next((int)Math.Min(data.SampleCount ?? Peek, Peek));
        data.Seek(position);
        float[] values = points.cpu().data<float>().ToArray();
        int dimension = (int)data.SampleShape[0];
        double[] box = [.. Enumerable.Range(0, dimension).SelectMany(k =>
        {
            var along = values.Where((_, i) => i % dimension == k).Select(v => (double)v).ToList();
            double middle = (along.Max() + along.Min()) / 2, reach = Math.Max(1e-6, (along.Max() - along.Min()) / 2 * Margin);
            return new[] { middle - reach, middle + reach };
        })];
        var modes = (data as GaussianModesData)?.Modes;
        return new LiveTarget("cell:" + data.Name, data.Name, dimension == 1 ? LiveKind.Line : LiveKind.Plane,
            dimension == 1 ? [.. box, 0, 1] : box, _ => new Borrowed(data), "data")
        {
            KnownModes = modes, HasSeparateModes = modes?.Count is >= 2 and <= MostModes,
        };
    }

    /// <summary>The cell's source, seen from the side: what is drawn here leaves the position of the trainer as it was.</summary>
    private sealed class Borrowed(IBatchSource data) : IBatchSource
    {
        public string Name => data.Name;

        public IReadOnlyList<long> SampleShape => data.SampleShape;

        public long? SampleCount => data.SampleCount;

        public BatchPosition Position => data.Position;

        public void Seek(BatchPosition position)
        {
        }

        public TorchSharp.torch.Tensor Next(int batchSize)
        {
            var position = data.Position;
            try
            {
                return data.Next((int)Math.Min(batchSize, data.SampleCount ?? batchSize));
            }
            finally
            {
                data.Seek(position);
            }
        }

        public void Dispose()
        {
        }
    }
}
