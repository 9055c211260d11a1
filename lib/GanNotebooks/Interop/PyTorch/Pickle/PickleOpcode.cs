namespace GanNotebooks.Interop;

/// <summary>
/// One opcode of the pickle language, protocols 0 to 5, under the name that Python's <c>pickletools</c> gives it. A pickle is a program for
/// a machine with a stack and a memo; GLOBAL imports any name of any module and REDUCE calls it. Source: the comments of Python's
/// Lib/pickletools.py.
/// </summary>
/// <param name="Code">The byte of the opcode.</param>
/// <param name="Name">The name in Python's pickletools.</param>
/// <param name="Argument">The kind of argument that follows the opcode.</param>
internal sealed record PickleOpcode(byte Code, string Name, PickleArgument Argument = PickleArgument.None)
{
    public const byte
        Mark = (byte)'(', Stop = (byte)'.', Reduce = (byte)'R', Build = (byte)'b', Global = (byte)'c', PersistentId = (byte)'Q',
        None = (byte)'N',
        Integer = (byte)'J', Integer1 = (byte)'K', Integer2 = (byte)'M', Float = (byte)'G', Unicode = (byte)'X', Append = (byte)'a',
        Appends = (byte)'e',
        EmptyList = (byte)']', EmptyTuple = (byte)')', TupleToMark = (byte)'t', EmptyDictionary = (byte)'}', SetItem = (byte)'s',
        SetItems = (byte)'u',
        Get = (byte)'h', LongGet = (byte)'j', Put = (byte)'q', LongPut = (byte)'r', Protocol = 0x80, Tuple1 = 0x85, Tuple2 = 0x86,
        Tuple3 = 0x87,
        True = 0x88, False = 0x89, Long1 = 0x8a, Long4 = 0x8b, ShortUnicode = 0x8c, Unicode8 = 0x8d, StackGlobal = 0x93, Memoize = 0x94,
        Frame = 0x95;

    private static readonly PickleOpcode?[] Table = MakeTable();

    /// <summary>The opcode of a byte; null when there is none.</summary>
    public static PickleOpcode? Of(byte code) => Table[code];

    private static PickleOpcode?[] MakeTable()
    {
        var made = new PickleOpcode?[256];
        foreach (var opcode in All())
            made[opcode.Code] = opcode;
        return made;
    }

    private static IEnumerable<PickleOpcode> All() =>
    [
        new(Mark, "MARK"), new(Stop, "STOP"), new((byte)'0', "POP"), new((byte)'1', "POP_MARK"), new((byte)'2', "DUP"), new(None, "NONE"),
        new((byte)'F', "FLOAT", PickleArgument.Line), new((byte)'I', "INT", PickleArgument.Line),
        new((byte)'L', "LONG", PickleArgument.Line),
        new((byte)'S', "STRING", PickleArgument.Line), new((byte)'V', "UNICODE", PickleArgument.Line),
        new((byte)'P', "PERSID", PickleArgument.Line),
        new((byte)'g', "GET", PickleArgument.Line), new((byte)'p', "PUT", PickleArgument.Line),
        new((byte)'i', "INST", PickleArgument.TwoLines),
        new(Integer, "BININT", PickleArgument.Signed), new(Integer1, "BININT1", PickleArgument.Byte),
        new(Integer2, "BININT2", PickleArgument.Word),
        new(Float, "BINFLOAT", PickleArgument.Real), new((byte)'T', "BINSTRING", PickleArgument.Bytes4),
        new((byte)'U', "SHORT_BINSTRING", PickleArgument.Bytes1),
        new(Unicode, "BINUNICODE", PickleArgument.Text4), new((byte)'B', "BINBYTES", PickleArgument.Bytes4),
        new((byte)'C', "SHORT_BINBYTES", PickleArgument.Bytes1),
        new(Append, "APPEND"), new(Appends, "APPENDS"), new(EmptyList, "EMPTY_LIST"), new((byte)'l', "LIST"),
        new(EmptyTuple, "EMPTY_TUPLE"), new(TupleToMark, "TUPLE"),
        new(EmptyDictionary, "EMPTY_DICT"), new((byte)'d', "DICT"), new(SetItem, "SETITEM"), new(SetItems, "SETITEMS"),
        new(Get, "BINGET", PickleArgument.Byte), new(LongGet, "LONG_BINGET", PickleArgument.Unsigned),
        new(Put, "BINPUT", PickleArgument.Byte), new(LongPut, "LONG_BINPUT", PickleArgument.Unsigned),
        new(Global, "GLOBAL", PickleArgument.TwoLines), new(Reduce, "REDUCE"), new(Build, "BUILD"), new((byte)'o', "OBJ"),
        new(PersistentId, "BINPERSID"),
        new(Protocol, "PROTO", PickleArgument.Byte), new(0x81, "NEWOBJ"), new(0x82, "EXT1", PickleArgument.Byte),
        new(0x83, "EXT2", PickleArgument.Word),
        new(0x84, "EXT4", PickleArgument.Signed), new(Tuple1, "TUPLE1"), new(Tuple2, "TUPLE2"), new(Tuple3, "TUPLE3"), new(True, "NEWTRUE"),
        new(False, "NEWFALSE"),
        new(Long1, "LONG1", PickleArgument.Number1), new(Long4, "LONG4", PickleArgument.Number4),
        new(ShortUnicode, "SHORT_BINUNICODE", PickleArgument.Text1),
        new(Unicode8, "BINUNICODE8", PickleArgument.Text8), new(0x8e, "BINBYTES8", PickleArgument.Bytes8), new(0x8f, "EMPTY_SET"),
        new(0x90, "ADDITEMS"),
        new(0x91, "FROZENSET"), new(0x92, "NEWOBJ_EX"), new(StackGlobal, "STACK_GLOBAL"), new(Memoize, "MEMOIZE"),
        new(Frame, "FRAME", PickleArgument.Wide),
        new(0x96, "BYTEARRAY8", PickleArgument.Bytes8), new(0x97, "NEXT_BUFFER"), new(0x98, "READONLY_BUFFER"),
    ];
}

/// <summary>The kind of argument that follows an opcode of a pickle.</summary>
internal enum PickleArgument
{
    /// <summary>No argument follows the opcode.</summary>
    None,

    /// <summary>One byte, unsigned.</summary>
    Byte,

    /// <summary>Two bytes, unsigned.</summary>
    Word,

    /// <summary>Four bytes, signed.</summary>
    Signed,

    /// <summary>Four bytes, unsigned.</summary>
    Unsigned,

    /// <summary>Eight bytes, unsigned.</summary>
    Wide,

    /// <summary>Eight bytes, a double, big-endian.</summary>
    Real,

    /// <summary>A length of one byte, then a whole number in two's complement.</summary>
    Number1,

    /// <summary>A length of four bytes, then a whole number in two's complement.</summary>
    Number4,

    /// <summary>A length of one byte, then UTF-8.</summary>
    Text1,

    /// <summary>A length of four bytes, then UTF-8.</summary>
    Text4,

    /// <summary>A length of eight bytes, then UTF-8.</summary>
    Text8,

    /// <summary>A length of one byte, then bytes.</summary>
    Bytes1,

    /// <summary>A length of four bytes, then bytes.</summary>
    Bytes4,

    /// <summary>A length of eight bytes, then bytes.</summary>
    Bytes8,

    /// <summary>Text up to a line feed.</summary>
    Line,

    /// <summary>Two texts, each up to a line feed: a module and a name.</summary>
    TwoLines,
}

/// <summary>An opcode with its argument, read and not executed.</summary>
/// <param name="Offset">The place of the instruction in the pickle.</param>
/// <param name="Opcode">The opcode.</param>
/// <param name="Number">The argument when that is a number, an index or a length.</param>
/// <param name="Real">The argument when that is a double.</param>
/// <param name="Text">The argument when that is text, null when it is not UTF-8; the module of a global; the words for a number of more
/// than 64 bits.</param>
/// <param name="Name">The name of a global.</param>
internal readonly record struct PickleStep(int Offset, PickleOpcode Opcode, long Number = 0, double Real = 0, string? Text = null,
    string? Name = null)
{
    /// <summary>The argument as it is shown.</summary>
    public string Shown => Opcode.Argument switch
    {
        PickleArgument.None => "",
        PickleArgument.Real => Real.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        PickleArgument.TwoLines => $"{Text} {Name}",
        PickleArgument.Line or PickleArgument.Text1 or PickleArgument.Text4 or PickleArgument.Text8 =>
            Text is null ? "(not UTF-8)" : Quoted.Name(Text),
        PickleArgument.Number1 or PickleArgument.Number4 when Text is not null => Text,
        PickleArgument.Bytes1 or PickleArgument.Bytes4 or PickleArgument.Bytes8 => $"{Number} bytes",
        _ => Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
