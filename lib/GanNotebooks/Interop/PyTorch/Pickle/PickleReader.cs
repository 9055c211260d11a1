using System.Buffers.Binary;
using System.Text;

namespace GanNotebooks.Interop;

/// <summary>Cuts a pickle into opcodes and their arguments. Every length is compared with what is left before anything is taken.</summary>
/// <param name="program">The pickle.</param>
/// <param name="file">The name of the file, for messages.</param>
internal sealed class PickleReader(byte[] program, string file)
{
    private const int LongestLine = 4096, LargestNumber = sizeof(long);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int at;

    /// <summary>Whether all is read.</summary>
    public bool IsAtEnd => at == program.Length;

    /// <summary>Reads the next opcode.</summary>
    /// <exception cref="InteropException">There is no such opcode, or its argument does not fit.</exception>
    public PickleStep Next()
    {
        int offset = at;
        byte code = Take(1, "an opcode")[0];
        var opcode = PickleOpcode.Of(code) ?? throw Invalid($"byte {offset} of the pickle, 0x{code:x2}, is no opcode");
        return opcode.Argument switch
        {
            PickleArgument.None => new(offset, opcode),
            PickleArgument.Byte => new(offset, opcode, Take(1, opcode.Name)[0]),
            PickleArgument.Word => new(offset, opcode, BinaryPrimitives.ReadUInt16LittleEndian(Take(2, opcode.Name))),
            PickleArgument.Signed => new(offset, opcode, BinaryPrimitives.ReadInt32LittleEndian(Take(4, opcode.Name))),
            PickleArgument.Unsigned => new(offset, opcode, BinaryPrimitives.ReadUInt32LittleEndian(Take(4, opcode.Name))),
            PickleArgument.Wide => new(offset, opcode, BinaryPrimitives.ReadInt64LittleEndian(Take(8, opcode.Name))),
            PickleArgument.Real => new(offset, opcode, Real: BinaryPrimitives.ReadDoubleBigEndian(Take(8, opcode.Name))),
            PickleArgument.Number1 or PickleArgument.Number4 => ReadNumber(offset, opcode),
            PickleArgument.Text1 or PickleArgument.Text4 or PickleArgument.Text8 =>
                new(offset, opcode, Text: ReadText(Take(ReadLength(opcode), opcode.Name), strict: false)),
            PickleArgument.Bytes1 or PickleArgument.Bytes4 or PickleArgument.Bytes8 =>
                new(offset, opcode, Take(ReadLength(opcode), opcode.Name).Length),
            PickleArgument.Line => new(offset, opcode, Text: ReadLine(opcode)),
            PickleArgument.TwoLines => new(offset, opcode, Text: ReadLine(opcode), Name: ReadLine(opcode)),
            _ => throw new InvalidOperationException($"{opcode.Argument}"),
        };
    }

    private long ReadLength(PickleOpcode opcode) => opcode.Argument switch
    {
        PickleArgument.Number1 or PickleArgument.Text1 or PickleArgument.Bytes1 => Take(1, opcode.Name)[0],
        PickleArgument.Text8 or PickleArgument.Bytes8 => BinaryPrimitives.ReadInt64LittleEndian(Take(8, opcode.Name)),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, opcode.Name)),
    };

    // A number of more than 64 bits comes as the words for it.
    private PickleStep ReadNumber(int offset, PickleOpcode opcode)
    {
        long length = ReadLength(opcode);
        var bytes = Take(length, opcode.Name);
        if (length > LargestNumber)
            return new(offset, opcode, Text: $"a whole number of {length} bytes (64 bits are read)");
        long value = bytes.IsEmpty || bytes[^1] < 0x80 ? 0 : -1; // the sign
        for (int i = bytes.Length - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        return new(offset, opcode, value);
    }

    // Python writes half a surrogate pair, which stands for a byte of a file name, as bytes that are not UTF-8.
    private string? ReadText(ReadOnlySpan<byte> bytes, bool strict)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            return strict ? throw new InteropException(file, $"a text before byte {at} of the pickle is not UTF-8", e) : null;
        }
    }

    private string ReadLine(PickleOpcode opcode)
    {
        int length = program.AsSpan(at, Math.Min(LongestLine, program.Length - at)).IndexOf((byte)'\n');
        if (length < 0)
            throw Invalid($"the text of {opcode.Name} in the pickle does not end");
        string text = ReadText(Take(length, opcode.Name), strict: true)!;
        at++;
        return text;
    }

    private ReadOnlySpan<byte> Take(long length, string what)
    {
        if (length < 0 || length > program.Length - at)
            throw Invalid($"{what} at byte {at} of the pickle needs {(ulong)length} bytes, and {program.Length - at} are left");
        var taken = program.AsSpan(at, (int)length);
        at += (int)length;
        return taken;
    }

    private InteropException Invalid(string reason) => new(file, reason);
}
