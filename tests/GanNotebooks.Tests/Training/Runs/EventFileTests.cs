using System.Buffers.Binary;
using GanNotebooks.Plotting;
using GanNotebooks.Training;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Tensorboard;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>The event file of a run, read back record by record.</summary>
public sealed class EventFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The published test vectors of CRC-32C: 32 bytes of zero, and of ones (RFC 3720, B.4).
    [Theory]
    [InlineData(0x00, 0x8a9136aa)]
    [InlineData(0xff, 0x62a8ab43)]
    public void Masked_ThirtyTwoEqualBytes_IsTheMaskOfThePublishedChecksum(byte value, uint crc)
    {
        byte[] bytes = [.. Enumerable.Repeat(value, 32)];
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u), EventFile.Masked(bytes));
    }

    [Fact]
    public void Train_Run_WritesScalarsUnderNestedNames()
    {
        using (var directory = new RunDirectory(folder))
            directory.Train(TinyRun.Create(TinyRun.Config)).Dispose();
        var history = History.Read(folder);
        var events = Read();
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        foreach (var (tag, column) in new (string, Func<HistoryRecord, double>)[]
        {
            ("loss/discriminator", r => r.DiscriminatorLoss), ("loss/generator", r => r.GeneratorLoss),
            ("probability/real", r => r.RealProbability), ("gradient/generator", r => r.GeneratorGradientNorm),
        })
        {
            var values = Values(events, tag);
            Assert.Equal(history.Select(r => (long)r.Step), values.Select(v => v.Step));
            Assert.Equal(history.Select(r => (float)column(r)), values.Select(v => v.Value.SimpleValue));
        }
        Assert.DoesNotContain(events, e => e.Summary?.Value.Any(v => v.Tag.Contains("Loss", StringComparison.Ordinal)) == true);
    }

    [Fact]
    public void Train_Run_WritesItsSettingsAsHyperparametersAndItsMeasuresAsMetrics()
    {
        using (var directory = new RunDirectory(folder) { Measures = () => ["reverse-kl"] })
        {
            directory.Train(TinyRun.Create(TinyRun.Config)).Dispose();
            directory.LogMeasures(30, new Dictionary<string, double> { ["reverse-kl"] = 0.25 });
        }
        var events = Read();
        byte[] start = Plugin(events, "_hparams_/session_start_info", field: 3);
        var settings = Struct.Parser.WithDiscardUnknownFields(true).ParseFrom(start).Fields;
        Assert.Equal(16, settings["BatchSize"].NumberValue);
        Assert.Equal(0.001, settings["GeneratorOptimizer.LearningRate"].NumberValue);
        Assert.Equal("NonSaturatingLoss", settings["Loss.type"].StringValue);
        Assert.False(settings["ShareFakes"].BoolValue);
        Assert.Equal(ConfigSettings.None, settings["Penalty"].StringValue);
        Assert.Equal(["loss/discriminator", "loss/generator", "loss/penalty", "measure/reverse-kl"],
            Metrics(Plugin(events, "_hparams_/experiment", field: 2)).Order());
        Assert.Equal((30, 0.25f), Assert.Single(Values(events, "measure/reverse-kl").Select(v => (v.Step, v.Value.SimpleValue))));
    }

    // The event file begins anew; pictures of steps that the run has done are in it again, and those of later ones are not.
    [Fact]
    public void LogPicture_ResumedRun_HasThePicturesOfItsStepsOnce()
    {
        using (var directory = new RunDirectory(folder))
        using (var trainer = TinyRun.Create(TinyRun.Config))
        {
            directory.Train(trainer, until: 10);
            directory.LogPicture(10, Picture(10));
            Picture(25);
            File.WriteAllText(Path.Combine(folder, "samples", "step-000000009.png"), "no picture, however long it may be");
        }
        using (var directory = new RunDirectory(folder))
        using (var trainer = TinyRun.Create(TinyRun.Config))
            directory.Train(trainer, until: 12);
        var (step, value) = Assert.Single(Values(Read(), "samples"));
        Assert.Equal((10L, 17, 8, 1), (step, value.Image.Width, value.Image.Height, value.Image.Colorspace));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "samples", "step-000000010.png")),
            value.Image.EncodedImageString.ToByteArray());
    }

    [Fact]
    public void LogMeasures_NoRunOpened_IsRefused()
    {
        using var directory = new RunDirectory(folder);
        Assert.Throws<InvalidOperationException>(() => directory.LogMeasures(1, new Dictionary<string, double>()));
    }

    private string Picture(int step)
    {
        string file = Path.Combine(folder, "samples", $"step-{step:D9}.png");
        using var images = zeros(2, 1, 8, 8);
        PngFile.Write(file, images, 2);
        return file;
    }

    private List<Event> Read()
    {
        byte[] bytes = File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(folder, "tensorboard"))));
        var events = new List<Event>();
        for (int at = 0; at < bytes.Length;)
        {
            var length = bytes.AsSpan(at, 8);
            int count = (int)BinaryPrimitives.ReadUInt64LittleEndian(length);
            Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)), EventFile.Masked(length));
            var data = bytes.AsSpan(at + 12, count);
            Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + count)), EventFile.Masked(data));
            events.Add(Event.Parser.ParseFrom(new CodedInputStream(data.ToArray()))); // its classes know no spans
            at += 16 + count;
        }
        return events;
    }

    private static List<(long Step, Summary.Types.Value Value)> Values(List<Event> events, string tag) =>
        [.. events.SelectMany(e => (e.Summary?.Value ?? []).Where(v => v.Tag == tag).Select(v => (e.Step, v)))];

    private static byte[] Plugin(List<Event> events, string tag, int field)
    {
        var plugin = Assert.Single(Values(events, tag)).Value.Metadata.PluginData;
        Assert.Equal("hparams", plugin.PluginName);
        return Assert.Single(Fields(plugin.Content.ToByteArray(), field));
    }

    // Experiment.metric_infos (5), MetricInfo.name (1), MetricName.tag (2).
    private static IEnumerable<string> Metrics(byte[] experiment) => Fields(experiment, 5).SelectMany(info => Fields(info, 1))
        .SelectMany(name => Fields(name, 2)).Select(System.Text.Encoding.UTF8.GetString);

    private static List<byte[]> Fields(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        var found = new List<byte[]>();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field)
                found.Add(input.ReadBytes().ToByteArray());
            else
                input.SkipLastField();
        }
        return found;
    }
}
