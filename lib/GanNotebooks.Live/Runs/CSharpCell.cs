using System.Globalization;
using System.Reflection;
using System.Text;
using GanNotebooks.Losses;
using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>Writes a run as a cell of a notebook. The cell makes the same run, bit for bit, on the same machine.</summary>
internal static class CSharpCell
{
    private const string Indent = "    ";

    /// <summary>The cell.</summary>
    /// <param name="start">Settings at the start.</param>
    /// <param name="marks">The changes up to the step.</param>
    /// <param name="step">The step reached.</param>
    /// <param name="others">Data besides the page's own.</param>
    public static string Of(LiveSetup start, IReadOnlyList<LiveMark> marks, int step, IReadOnlyList<LiveTarget>? others = null)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"// The run of the lab: {start.Target.Title}, seed {start.Seed}, {step} steps."));
        text.AppendLine(Invariant($"var weights = new Generator({start.Seed});"));
        text.AppendLine("var trainer = new Trainer(");
        text.AppendLine(Indent + Config(start.Config) + ",");
        text.AppendLine(Indent + start.Generator.GeneratorCode(start.Config.NoiseDimension, start.Target.Dimension, "weights") + ",");
        text.AppendLine(
            Indent + start.Discriminator.DiscriminatorCode(start.Target.Dimension, start.Config.Packing, "weights") + ",");
        text.AppendLine(Indent + Data(start) + ");");
        var setup = start;
        int now = 0;
        foreach (var mark in marks)
        {
            if (mark.Step > now)
                text.AppendLine(Invariant($"trainer.Run(until: {mark.Step});"));
            now = mark.Step;
            if (mark.IsUpdate)
            {
                bool ofGenerator = mark.Value == LiveMark.Generator;
                text.AppendLine(ofGenerator ? "trainer.GeneratorStep();" : "trainer.DiscriminatorStep();");
                now += ofGenerator ? 1 : 0;
                continue;
            }

            var next = setup.With(mark.Name, mark.Value, others);
            text.AppendLine(Change(setup, next, mark));
            setup = next;
        }

        if (step > now)
            text.AppendLine(Invariant($"trainer.Run(until: {step});"));
        text.Append("trainer.Sample(5)");
        return text.ToString();
    }

    /// <summary>A part of the settings in C#: a loss, a penalty, an optimiser.</summary>
    internal static string Part(object part)
    {
        var type = part.GetType();
        if (part is FDivergenceLoss)
        {
            return $"{nameof(FDivergenceLoss)}.{type.GetProperties(BindingFlags.Public | BindingFlags.Static)
                .First(p => p.PropertyType == type && ReferenceEquals(p.GetValue(null), part)).Name}";
        }

        // The constructor whose parameters are properties, and the properties that it does not set.
        var constructor = type.GetConstructors().Where(c => c.GetParameters().All(p => Property(type, p.Name!) is not null))
            .MaxBy(c => c.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        string arguments = string.Join(", ", parameters.Select(p => Value(Property(type, p.Name!)!.GetValue(part))));
        object bare = constructor.Invoke([.. parameters.Select(p => Property(type, p.Name!)!.GetValue(part))]);
        string[] rest = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && !Equals(p.GetValue(part), p.GetValue(bare))).Select(p => $"{p.Name} = {Value(p.GetValue(part))}")];
        return $"new {type.Name}({arguments})" + (rest.Length > 0 ? $" {{ {string.Join(", ", rest)} }}" : "");
    }

    private static string Change(LiveSetup before, LiveSetup after, LiveMark mark)
    {
        var arguments = new List<string>();
        string lines = "";
        var changes = Changes(before.Config, after.Config);
        arguments.Add(changes.Count > 0 ? $"trainer.Config with {{ {string.Join(", ", changes)} }}" : "trainer.Config");
        if (before.NewGenerator(after) || before.NewDiscriminator(after))
            lines = Invariant($"weights = new Generator({after.Seed + mark.Step});\n");
        if (before.NewGenerator(after))
            arguments.Add("generator: " + after.Generator.GeneratorCode(after.Config.NoiseDimension, after.Target.Dimension, "weights"));
        if (before.NewDiscriminator(after))
        {
            arguments.Add(
                "discriminator: " + after.Discriminator.DiscriminatorCode(after.Target.Dimension, after.Config.Packing, "weights"));
        }

        if (before.Target != after.Target)
            arguments.Add($"data: {Data(after)}");
        return $"{lines}trainer = trainer.Continue({string.Join($",\n{Indent}", arguments)});";
    }

    private static string Config(TrainingConfig config)
    {
        // Steps has no default; the others stand where they differ from theirs.
        var usual = new TrainingConfig { Steps = config.Steps };
        string[] settings = [$"{nameof(config.Steps)} = {Value(config.Steps)}", .. Changes(usual, config)];
        return "new TrainingConfig\n" + Indent + "{\n" + string.Concat(settings.Select(s => $"{Indent}{Indent}{s},\n")) + Indent + "}";
    }

    private static List<string> Changes(TrainingConfig before, TrainingConfig after) =>
    [
        .. typeof(TrainingConfig).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && !Equals(p.GetValue(before), p.GetValue(after)))
            .Select(p => $"{p.Name} = {Value(p.GetValue(after))}"),
    ];

    private static string Data(LiveSetup setup) =>
        setup.Target.Code.Replace("{0}", setup.Seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        Enum name => $"{name.GetType().Name}.{name}",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => Part(value),
    };

    private static PropertyInfo? Property(Type type, string name) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
