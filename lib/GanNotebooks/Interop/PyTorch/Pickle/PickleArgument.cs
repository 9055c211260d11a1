namespace GanNotebooks.Interop;

/// <summary>What follows an opcode of a pickle.</summary>
internal enum PickleArgument
{
    /// <summary>Nothing.</summary>
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
