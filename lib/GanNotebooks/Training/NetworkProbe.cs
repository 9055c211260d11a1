using System.Runtime.InteropServices;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Tries both networks on a few samples before a run, so that what does not fit together is said at once, with both shapes. Neither network
/// is changed, and no random number of the run is used.
/// </summary>
internal sealed class NetworkProbe(TrainingConfig config, Players players, IBatchSource data, Device device)
{
    private const int Few = 2, Many = 64;
    private const double Far = 1000, LeastRange = 1e-3, MixingTolerance = 1e-3;

    /// <summary>Checks that G makes samples like the data, and that D gives each of them one logit.</summary>
    /// <exception cref="ArgumentException">A network refuses its input, or its output has another shape.</exception>
    public void RequireShapes()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var random = Restoring.RandomNumbers();
        if (config.Augmentation is not null && data.SampleShape.Count != 3)
        {
            throw new ArgumentException(
                $"an Augmentation moves and covers parts of images [N, C, H, W], and the samples of {data.Name} are "
                + OfN([Few, .. data.SampleShape]));
        }
        int count = Few * config.Packing;
        long[] samples = [count, .. data.SampleShape];
        string noise = $"noise [N, {config.NoiseDimension}] ({nameof(config.NoiseDimension)})";
        var made = Try(players.Generator, () => players.Generate(zeros(count, config.NoiseDimension, device: device), Conditions(count)),
            $"the generator does not take {noise}");
        // A generator that ignores its noise may make another number of samples.
        if (made is not null && !made.shape.Skip(1).SequenceEqual(data.SampleShape))
        {
            throw new ArgumentException(
                $"the generator makes samples {OfN(made.shape)} from {noise}, and those of {data.Name} are {OfN(samples)}");
        }
        var packed = Packing.Pack(zeros(samples, device: device), config.Packing);
        var logits = Try(players.Discriminator, () => players.Discriminate(packed, Conditions(count)),
            $"the discriminator does not take samples {OfN(packed.shape)}");
        if (logits is not null && !logits.shape.SequenceEqual([Few, 1]) && !players.JudgesPatches)
        {
            throw new ArgumentException(
                $"the discriminator makes {OfN(logits.shape)} of samples {OfN(packed.shape)}; expected a logit for each, [N, 1]");
        }
    }

    /// <summary>
    /// Whether a reader's own D gives a sample another logit when its neighbour in the batch changes, as batch statistics do that are
    /// computed in its <c>forward</c>.
    /// </summary>
    public bool MixesSamples()
    {
        if (!HasForeignModules(players.Discriminator) || device.type == TorchSharp.DeviceType.META)
            return false;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var random = Restoring.RandomNumbers();
        var batch = Samples(2 * Few);
        var first = batch.narrow(0, 0, 1);
        var a = Judge(cat([first, batch.narrow(0, 1, 1)]));
        if (!a.Equals(Judge(cat([first, batch.narrow(0, 1, 1)]))))
            return false; // it is random, and a difference would say nothing
        var b = Judge(cat([first, batch.narrow(0, 2, 1) * 10]));
        double difference = (a - b).abs().item<float>(), size = 1 + a.abs().item<float>();
        return double.IsFinite(difference) && difference > MixingTolerance * size;
    }

    /// <summary>Whether all outputs of a discriminator lie in [0, 1], also far away from the data: it ends in a sigmoid.</summary>
    public bool EndsInSigmoid()
    {
        if (players.Discriminator.modules().LastOrDefault() is Sigmoid or Hardsigmoid or Softmax)
            return true;
        if (!HasForeignModules(players.Discriminator) || device.type == TorchSharp.DeviceType.META)
            return false;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var random = Restoring.RandomNumbers();
        using var buffers = Restoring.Buffers(players.Discriminator);
        using var mode = new EvaluationMode(players.Discriminator);
        var batch = Samples(Many);
        var outputs = players.Discriminate(cat([batch, batch * Far]), Conditions(2 * (int)batch.size(0)));
        return outputs.min().item<float>() >= 0 && outputs.max().item<float>() <= 1
            && (outputs.max() - outputs.min()).item<float>() > LeastRange;
    }

    private static Tensor? Try(nn.Module network, Func<Tensor> compute, string fault)
    {
        using var buffers = Restoring.Buffers(network);
        using var mode = new EvaluationMode(network);
        try
        {
            return compute();
        }
        catch (Exception e) when (e is ArgumentException || e is ExternalException && !DeviceMemoryException.IsMeant(e))
        {
            throw new ArgumentException($"{fault}: {e.Message.Split('\n')[0]}", e);
        }
        catch (ExternalException)
        {
            return null; // the first step reports it, with the size of the batch
        }
    }

    // The logit of the first sample, in training mode, with the same dropout masks in every call.
    private Tensor Judge(Tensor batch)
    {
        using var buffers = Restoring.Buffers(players.Discriminator);
        Generator.Default.manual_seed(0);
        return players.Discriminate(batch, Conditions((int)batch.size(0)))[0, 0];
    }

    private Tensor Samples(int count)
    {
        using var random = new Generator(0);
        return Packing.Pack(randn([count * config.Packing, .. data.SampleShape], generator: random), config.Packing).to(device);
    }

    private Tensor? Conditions(int count) =>
        players.AreConditional ? zeros([count, .. ((IConditionedBatches)data).ConditionShape], device: device) : null;

    private static bool HasForeignModules(nn.Module network) =>
        network.modules().Append(network).Any(m => m.GetType().Assembly != typeof(NetworkProbe).Assembly
            && m.GetType().Assembly != typeof(nn.Module).Assembly);

    private static string OfN(long[] shape) => "[N" + string.Concat(shape.Skip(1).Select(s => $", {s}")) + "]";
}

/// <summary>Puts back what a trial changes.</summary>
internal static class Restoring
{
    /// <summary>Puts back the buffers of a network, such as running statistics and the vectors of spectral norm.</summary>
    public static IDisposable Buffers(nn.Module network)
    {
        var saved = network.named_buffers()
            .Select(b => (Buffer: b.buffer, Copy: b.buffer.detach().clone().DetachFromDisposeScope())).ToList();
        return new Undo(() =>
        {
            using var noGradient = no_grad();
            foreach (var (buffer, copy) in saved)
            {
                buffer.copy_(copy);
                copy.Dispose();
            }
        });
    }

    /// <summary>Puts back the state of torch's random numbers.</summary>
    public static IDisposable RandomNumbers()
    {
        var state = Generator.Default.get_state().DetachFromDisposeScope();
        return new Undo(() =>
        {
            Generator.Default.set_state(state);
            state.Dispose();
        });
    }

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
