namespace GanNotebooks.Interop;

/// <summary>An opcode with its argument, read and not executed.</summary>
/// <param name="Offset">Where it stands in the pickle.</param>
/// <param name="Opcode">What it is.</param>
/// <param name="Number">The argument when that is a number, an index or a length.</param>
/// <param name="Real">The argument when that is a double.</param>
/// <param name="Text">The argument when that is text; the module of a global.</param>
/// <param name="Name">The name of a global.</param>
internal readonly record struct PickleStep(int Offset, PickleOpcode Opcode, long Number = 0, double Real = 0, string? Text = null, string? Name = null)
{
    /// <summary>The argument as it is shown.</summary>
    public string Shown => Opcode.Argument switch
    {
        PickleArgument.None => "",
        PickleArgument.Real => Real.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        PickleArgument.TwoLines => $"{Text} {Name}",
        PickleArgument.Line or PickleArgument.Text1 or PickleArgument.Text4 or PickleArgument.Text8 => Quoted.Name(Text!),
        PickleArgument.Bytes1 or PickleArgument.Bytes4 or PickleArgument.Bytes8 => $"{Number} bytes",
        _ => Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
