using System.Net;
using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>A pickle as the list of its instructions, read and not executed: what it would do is visible before anybody does it.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class PickleListing : IShowable
{
    private readonly string[] lines;

    private PickleListing(byte[] pickle, string name, int most)
    {
        var reader = new PickleReader(pickle, name);
        var listed = new List<string>();
        PickleStep step;
        do
        {
            step = reader.Next();
            listed.Add($"{step.Offset,6}  {step.Opcode.Name,-16} {step.Shown,-34} {Meaning(step)}".TrimEnd());
        }
        while (step.Opcode.Code != PickleOpcode.Stop && listed.Count < most);
        if (step.Opcode.Code != PickleOpcode.Stop)
            listed.Add("   ...");
        lines = [.. listed];
    }

    /// <summary>One line per instruction: place, name, argument, and for those that matter what a machine does there.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Lists a pickle.</summary>
    /// <param name="pickle">The bytes of the pickle.</param>
    /// <param name="most">The largest number of instructions.</param>
    /// <exception cref="InteropException">The bytes are not a pickle.</exception>
    public static PickleListing Of(byte[] pickle, int most = 200)
    {
        ArgumentNullException.ThrowIfNull(pickle);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return new(pickle, "(pickle)", most);
    }

    /// <summary>Lists the pickle in a checkpoint of PyTorch.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The largest number of instructions.</param>
    /// <exception cref="InteropException">The file is not a zip of torch.save, or it holds no pickle.</exception>
    public static PickleListing OfCheckpoint(string path, int most = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return WeightFile.Read(path, (stream, file) => new PickleListing(new PyTorchArchive(stream, file).Pickle, file, most));
    }

    /// <inheritdoc/>
    public string ToHtml() => $"<pre style=\"overflow-x:auto\">{WebUtility.HtmlEncode(ToText())}</pre>";

    /// <inheritdoc/>
    public string ToText() => string.Join(Environment.NewLine, lines);

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private static string Meaning(PickleStep step) => step.Opcode.Name switch
    {
        "GLOBAL" or "STACK_GLOBAL" or "INST" => "import",
        "REDUCE" or "OBJ" or "NEWOBJ" or "NEWOBJ_EX" => "call",
        "BUILD" => "set the state of an object",
        "BINPERSID" => "ask the reader for an object from outside",
        "STOP" => "the result",
        _ => "",
    };
}
