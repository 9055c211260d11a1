using System.Buffers.Binary;
using System.Globalization;
using GanNotebooks.Runtime;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Tensorboard;

namespace GanNotebooks.Training;

/// <summary>
/// What a run shows in TensorBoard: its hyperparameters (the plugin "hparams", with the losses and measures as metrics), the numbers of its
/// records under nested names such as <c>loss/discriminator</c>, pictures of its samples, and its measures at the end.
/// </summary>
internal sealed class RunEvents : IDisposable
{
    private const string Plugin = "hparams", Measure = "measure/", Samples = "samples";
    private const int MostPictureBytes = 16 << 20, PngHeader = 24;

    // Fields of tensorboard/plugins/hparams: plugin_data.proto and api.proto.
    private const int ExperimentField = 2, StartField = 3, MetricsField = 5, NameField = 1, TagField = 2, StartTimeField = 5;

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        [nameof(HistoryRecord.DiscriminatorLoss)] = "loss/discriminator",
        [nameof(HistoryRecord.GeneratorLoss)] = "loss/generator",
        [nameof(HistoryRecord.Penalty)] = "loss/penalty",
        [nameof(HistoryRecord.RealProbability)] = "probability/real",
        [nameof(HistoryRecord.FakeProbability)] = "probability/fake",
        [nameof(HistoryRecord.Accuracy)] = "probability/accuracy",
        [nameof(HistoryRecord.RealLogit)] = "logit/real",
        [nameof(HistoryRecord.FakeLogit)] = "logit/fake",
        [nameof(HistoryRecord.DiscriminatorGradientNorm)] = "gradient/discriminator",
        [nameof(HistoryRecord.GeneratorGradientNorm)] = "gradient/generator",
        [nameof(HistoryRecord.AugmentationProbability)] = "augmentation/probability",
        [nameof(HistoryRecord.StepSeconds)] = "time/step",
    };

    private readonly EventFile file;

    /// <summary>Replaces the event files of a run.</summary>
    /// <param name="folder">Folder of the event files.</param>
    /// <param name="ending">Ending of the run's event files, which tells them from those of other runs.</param>
    /// <param name="settings">The hyperparameters: paths and JSON values.</param>
    /// <param name="recordType">Type of the run's records.</param>
    /// <param name="measures">Names of the measures that the run will have.</param>
    public RunEvents(string folder, string ending, IReadOnlyDictionary<string, string> settings, System.Type recordType,
        IReadOnlyList<string> measures)
    {
        foreach (string own in EventFile.Find(folder, ending))
            File.Delete(own);
        file = new EventFile(folder, ending);
        string[] metrics =
        [
            .. Numbers(recordType).Select(p => TagOf(p.Name)).Where(tag => tag.StartsWith("loss/", StringComparison.Ordinal)),
            .. measures.Select(name => Measure + name),
        ];
        AddPlugin("_hparams_/experiment", ExperimentField, Experiment(metrics));
        AddPlugin("_hparams_/session_start_info", StartField, Start(settings));
    }

    /// <summary>Writes the numbers of a record.</summary>
    public void Add(IStepRecord record)
    {
        foreach (var property in Numbers(record.GetType()))
            AddNumber(TagOf(property.Name), (double)property.GetValue(record)!, record.Step);
    }

    /// <summary>Writes the measures of a run.</summary>
    public void AddMeasures(int step, IReadOnlyDictionary<string, double> measures)
    {
        foreach (var (name, value) in measures)
            AddNumber(Measure + name, value, step);
    }

    /// <summary>Writes a picture of samples. A file that is no PNG is left out.</summary>
    /// <param name="step">Step of the samples.</param>
    /// <param name="path">The PNG.</param>
    public void AddPicture(int step, string path)
    {
        if (RegularFile.Fault(path) is not null
            || new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: >= PngHeader and <= MostPictureBytes })
        {
            return;
        }

        byte[] png = File.ReadAllBytes(path);
        if (!png.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return;
        file.Add(step, new Summary.Types.Value
        {
            Tag = Samples,
            Image = new Summary.Types.Image
            {
                Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
                Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
                Colorspace = png.Length > 25 && png[25] == 0 ? 1 : 3, // grey or RGB
                EncodedImageString = ByteString.CopyFrom(png),
            },
        });
    }

    public void Flush() => file.Flush();

    public void Dispose() => file.Dispose();

    private static IEnumerable<System.Reflection.PropertyInfo> Numbers(System.Type recordType) =>
        recordType.GetProperties().Where(p => p.PropertyType == typeof(double));

    private static string TagOf(string property) => Tags.GetValueOrDefault(property, property);

    private void AddNumber(string tag, double value, int step) =>
        file.Add(step, new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });

    private void AddPlugin(string tag, int field, byte[] content) => file.Add(0, new Summary.Types.Value
    {
        Tag = tag,
        Metadata = new SummaryMetadata
        {
            PluginData = new SummaryMetadata.Types.PluginData
            {
                PluginName = Plugin,
                Content = ByteString.CopyFrom(Message(output => Nested(output, field, content))),
            },
        },
    });

    private static byte[] Experiment(string[] metrics) => Message(output =>
    {
        foreach (string tag in metrics)
        {
            byte[] name = Message(inner =>
            {
                inner.WriteTag(TagField, WireFormat.WireType.LengthDelimited);
                inner.WriteString(tag);
            });
            Nested(output, MetricsField, Message(inner => Nested(inner, NameField, name)));
        }
    });

    // The map of hyperparameters has the form of a Struct: names and values in its field 1.
    private static byte[] Start(IReadOnlyDictionary<string, string> settings)
    {
        var map = new Struct();
        foreach (var (name, value) in settings)
            map.Fields[name] = ValueOf(value);
        return Message(output =>
        {
            map.WriteTo(output);
            output.WriteTag(StartTimeField, WireFormat.WireType.Fixed64);
            output.WriteDouble(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        });
    }

    private static Value ValueOf(string json) =>
        json is "true" or "false" ? Value.ForBool(json == "true")
        : double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? Value.ForNumber(number)
        : Value.ForString(json == "null" ? ConfigSettings.None : json.Trim('"'));

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    private static void Nested(CodedOutputStream output, int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(message));
    }
}
