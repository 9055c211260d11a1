namespace GanNotebooks.Tests.Interop;

/// <summary>Pickles that want something else than to be a state dict, and a part of the reason why each is refused.</summary>
internal static class HostilePickles
{
    private const byte Reduce = (byte)'R', Stop = (byte)'.', EmptyTuple = (byte)')', Tuple1 = 0x85, EmptyList = (byte)']';

    /// <summary>Whole pickles by name.</summary>
    public static IReadOnlyDictionary<string, (byte[] Pickle, string Reason)> All { get; } =
        Make().ToDictionary(h => h.Name, h => (h.Pickle, h.Reason));

    private static byte[] Head => PickleBytes.Protocol2;

    private static IEnumerable<(string Name, byte[] Pickle, string Reason)> Make() =>
        [.. Calls(), .. Shapes(), .. Sizes(), .. Bombs(), .. Tensors()];

    private static IEnumerable<(string, byte[], string)> Calls()
    {
        foreach (var (module, name) in new[]
        {
            ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"), ("builtins", "eval"), ("builtins", "exec"),
            ("__builtin__", "eval"), ("builtins", "getattr"),
            ("builtins", "__import__"), ("torch", "load"), ("torch.hub", "load"), ("torch", "ops"), ("_codecs", "encode"),
            ("numpy.core.multiarray", "_reconstruct"), ("functools", "partial"),
            ("collections", "defaultdict"), ("torch._utils", "_rebuild_qtensor"), ("torch", "QInt8Storage"),
            ("torch.storage", "UntypedStorage"), ("", ""), ("os\0", "system"),
        })
        {
            yield return ($"{module}.{name} called", [.. Head, .. PickleBytes.Global(module, name), .. PickleBytes.Text("echo owned"),
                Tuple1, Reduce, Stop], "which no state dict needs");
        }
        yield return ("value of a state dict that calls", PickleBytes.Dictionary([.. PickleBytes.Global("os", "system"),
            .. PickleBytes.Text("echo owned"), Tuple1, Reduce]), "os.system");
        yield return ("STACK_GLOBAL", [0x80, 4, 0x8c, 2, .. "os"u8, 0x8c, 6, .. "system"u8, 0x93, .. PickleBytes.Text("echo"), Tuple1,
            Reduce, Stop], "os.system");
        yield return ("STACK_GLOBAL, dotted", [0x80, 4, .. PickleBytes.Text("collections"), .. PickleBytes.Text("OrderedDict.__reduce__"),
            0x93, Stop], "which no state dict needs");
        yield return ("STACK_GLOBAL, split elsewhere", [0x80, 4, .. PickleBytes.Text("torch"),
            .. PickleBytes.Text("_utils._rebuild_tensor_v2"), 0x93, Stop], "which no state dict needs");
        yield return ("STACK_GLOBAL of numbers", [0x80, 4, (byte)'K', 1, (byte)'K', 2, 0x93, Stop], "no two texts");
        yield return ("INST", [.. Head, .. "(S'echo owned'\nios\nsystem\n."u8], "STRING");
        yield return ("INST without text", [.. Head, .. "(ios\nsystem\n."u8],
            "\"os.system\", which no state dict needs; nothing was executed");
        yield return ("OBJ", [.. Head, (byte)'(', .. PickleBytes.Global("collections", "OrderedDict"), (byte)'o', Stop], "OBJ");
        yield return ("NEWOBJ", [.. Head, .. PickleBytes.Global("collections", "OrderedDict"), EmptyTuple, 0x81, Stop], "NEWOBJ");
        yield return ("NEWOBJ_EX", [0x80, 4, .. PickleBytes.Global("collections", "OrderedDict"), EmptyTuple, (byte)'}', 0x92,
            Stop], "NEWOBJ_EX");
        yield return ("EXT1", [.. Head, 0x82, 1, Stop], "copyreg");
        yield return ("PERSID", [.. Head, .. "Pos.system\n."u8], "PERSID");
        yield return ("persistent id of another kind", [.. Head, .. PickleBytes.Text("echo"), (byte)'Q',
            Stop], "in words that torch never uses");
        yield return ("BUILD on a tensor", PickleBytes.Dictionary([.. PickleBytes.Tensor(PickleBytes.Storage(), 0, [4], [1]), (byte)'}',
            (byte)'b']), "BUILD");
        yield return ("BUILD on a class", [.. Head, .. PickleBytes.Global("collections", "OrderedDict"), (byte)'}', (byte)'b',
            Stop], "BUILD");
        yield return ("call of a result", [.. Head, .. PickleBytes.OrderedDict, EmptyTuple, Reduce, Stop], "no function");
        yield return ("call with something for a tuple", [.. Head, .. PickleBytes.Global("collections", "OrderedDict"), EmptyList, Reduce,
            Stop], "no function");
        yield return ("call of a type as a function", [.. Head, .. PickleBytes.Global("torch", "FloatStorage"), EmptyTuple, Reduce,
            Stop], "that torch never writes");
        yield return ("OrderedDict of a list of pairs", [.. Head, .. PickleBytes.Global("collections", "OrderedDict"), EmptyList, (byte)'N',
            (byte)'a', Tuple1, Reduce, Stop], "that torch never writes");
    }

    private static IEnumerable<(string, byte[], string)> Shapes()
    {
        yield return ("nothing", [], "needs 1 bytes, and 0 are left");
        yield return ("protocol 0", [.. "(dp0\n."u8], "not of protocol 2 to 5");
        yield return ("protocol 6", [0x80, 6, (byte)'N', Stop], "not of protocol 2 to 5");
        yield return ("no end", [.. Head, (byte)'}'], "needs 1 bytes");
        yield return ("nothing at the end", [.. Head, Stop], "does not end with one object");
        yield return ("two objects at the end", [.. Head, (byte)'}', (byte)'}', Stop], "does not end with one object");
        yield return ("bytes after the end", [.. Head, (byte)'}', Stop, Stop], "does not end with one object");
        yield return ("no dictionary", [.. Head, (byte)'N', Stop], "no dictionary");
        yield return ("no opcode", [.. Head, 0xff, Stop], "is no opcode");
        yield return ("empty stack", [.. Head, Tuple1, Stop], "takes more from its stack");
        yield return ("stack before the mark", [.. Head, (byte)'N', (byte)'(', Tuple1, Stop], "takes more from its stack");
        yield return ("no mark", [.. Head, (byte)'t', Stop], "needs a MARK");
        yield return ("append to a number", [.. Head, (byte)'K', 1, (byte)'N', (byte)'a', Stop], "appends to something");
        yield return ("item of a list", [.. Head, EmptyList, (byte)'N', (byte)'N', (byte)'s', Stop], "sets items of something");
        yield return ("odd items", [.. Head, (byte)'}', (byte)'(', (byte)'N', (byte)'u', Stop], "sets items of something");
        yield return ("key is a list", [.. Head, (byte)'}', EmptyList, (byte)'N', (byte)'s', Stop], "a list or a dictionary for a key");
        yield return ("key twice", [.. Head, (byte)'}', .. PickleBytes.Text("a"), (byte)'N', (byte)'s', .. PickleBytes.Text("a"), (byte)'N',
            (byte)'s', Stop], "comes twice");
        yield return ("memo never stored", [.. Head, (byte)'h', 7, Stop], "never stored");
        yield return ("memo of nothing", [.. Head, (byte)'q', 7, Stop], "stores an object and has none");
        yield return ("text that is no UTF-8", [.. Head, (byte)'X', 1, 0, 0, 0, 0xff, Stop], "not UTF-8");
        yield return ("a dictionary in itself", [.. Head, (byte)'}', (byte)'q', 0, .. PickleBytes.Text("a"), (byte)'h', 0, (byte)'s',
            Stop], "is not a tensor");
        yield return ("a list in itself", PickleBytes.Dictionary([EmptyList, (byte)'q', 0, (byte)'h', 0, (byte)'a']), "is not a tensor");
    }

    private static IEnumerable<(string, byte[], string)> Sizes()
    {
        yield return ("LONG4 of 2 GB", [.. Head, 0x8b, .. PickleBytes.Four(int.MaxValue), 1, Stop], "needs 2147483647 bytes");
        yield return ("LONG4 of a negative length", [.. Head, 0x8b, .. PickleBytes.Four(-1), 1, Stop], "needs 4294967295 bytes");
        yield return ("LONG1 of 200 bytes", [.. Head, 0x8a, 200, .. new byte[200], Stop], "64 bits are read");
        yield return ("LONG4 of 1 MB", [.. Head, 0x8b, .. PickleBytes.Four(1 << 20), .. new byte[1 << 20], Stop], "64 bits are read");
        foreach (var (name, code) in new (string, byte)[] { ("BINBYTES8", 0x8e), ("BINUNICODE8", 0x8d), ("BYTEARRAY8", 0x96) })
        {
            yield return ($"{name} of 2^63 - 1 bytes", [.. Head, code, .. PickleBytes.Eight(long.MaxValue),
                Stop], "needs 9223372036854775807 bytes");
            yield return ($"{name} of -1 bytes", [.. Head, code, .. PickleBytes.Eight(-1), Stop], "needs 18446744073709551615 bytes");
        }
        yield return ("BINUNICODE of 4 GB", [.. Head, (byte)'X', .. PickleBytes.Four(-1), Stop], "needs 4294967295 bytes");
        yield return ("BINBYTES that are there", PickleBytes.Dictionary([(byte)'B', .. PickleBytes.Four(3), 1, 2, 3]), "BINBYTES");
        yield return ("a line without end", [.. Head, (byte)'c', .. Enumerable.Repeat((byte)'x', 10_000)], "does not end");
        yield return ("17 MB", [.. Head, .. Enumerable.Repeat((byte)'N', 17 << 20), Stop], "at most 16777216 are read");
    }

    private static IEnumerable<(string, byte[], string)> Bombs()
    {
        byte[] doubled = [.. Enumerable.Range(0, 200).SelectMany(i => new byte[] { (byte)'q', (byte)i, (byte)'h', (byte)i, 0x86 })];
        yield return ("a tuple doubled 200 times", PickleBytes.Dictionary([EmptyTuple, .. doubled]), "is not a tensor");
        byte[] level = [(byte)'q', 0, EmptyList, (byte)'(', .. Enumerable.Repeat(new byte[] { (byte)'h', 0 }, 1000).SelectMany(b => b),
            (byte)'e', (byte)'q', 0];
        yield return ("ten levels of a thousand times the same list", [.. Head, EmptyList,
            .. Enumerable.Repeat(level, 10).SelectMany(b => b), Stop], "does not end with one object");
        yield return ("100,000 marks", [.. Head, .. Enumerable.Repeat((byte)'(', 100_000), Stop], "nested deeper");
        yield return ("a million lists", [.. Head, .. Enumerable.Repeat(EmptyList, 1_000_000), Stop], "objects waiting");
        yield return ("a list in a list, 250,000 deep", [.. Head, .. Enumerable.Repeat(EmptyList, 250_000),
            .. Enumerable.Repeat((byte)'a', 249_999), Stop], "no dictionary");
        yield return ("a million items", PickleBytes.Dictionary([EmptyList,
            .. Enumerable.Repeat(new byte[] { (byte)'K', 1, (byte)'a' }, 1_000_000).SelectMany(b => b)]), "MB of objects");
        yield return ("a million memos", [.. Head, (byte)'}',
            .. Enumerable.Range(0, 1_000_000).SelectMany(i => (byte[])[(byte)'r', .. PickleBytes.Four(i)]), Stop], "MB of objects");
        byte[] tensor = [.. PickleBytes.Global("torch._utils", "_rebuild_tensor_v2"), (byte)'q', 0,
            .. PickleBytes.Tuple(PickleBytes.Storage(), PickleBytes.Number(0), PickleBytes.Numbers(4), PickleBytes.Numbers(1), [0x89],
                PickleBytes.OrderedDict), (byte)'q', 1];
        byte[] again = [(byte)'h', 0, (byte)'h', 1, (byte)'R', (byte)'a'];
        yield return ("100,000 tensors of one storage", PickleBytes.Dictionary([EmptyList, .. tensor, (byte)'R', (byte)'a',
            .. Enumerable.Repeat(again, 150_000).SelectMany(b => b)]), "MB of objects");
        byte[] Entry(int i) => [.. PickleBytes.Text($"t{i}"), (byte)'h', 0];
        yield return ("40,000 tensors", [.. Head, (byte)'}', .. PickleBytes.Text("x"), .. tensor[..^2], (byte)'R', (byte)'q', 0, (byte)'s',
            (byte)'(', .. Enumerable.Range(0, 40_000).SelectMany(i => Entry(i)), (byte)'u', Stop], "at most 32768 are read");
    }

    private static IEnumerable<(string, byte[], string)> Tensors()
    {
        static byte[] Of(byte[] storage, long offset, long[] size, long[] stride) =>
            PickleBytes.Dictionary(PickleBytes.Tensor(storage, offset, size, stride));
        byte[] sound = PickleBytes.Storage();
        yield return ("beyond the storage", Of(sound, 0, [5], [1]), "reaches beyond its 4 numbers");
        yield return ("offset beyond the storage", Of(sound, 4, [1], [1]), "reaches beyond");
        yield return ("offset 2^63 - 1", Of(sound, long.MaxValue, [1], [1]), "reaches beyond");
        yield return ("strides that overflow", Of(sound, 0, [3, 3], [long.MaxValue, long.MaxValue]), "reaches beyond");
        yield return ("negative offset", Of(sound, -1, [1], [1]), "negative offset");
        yield return ("negative stride", Of(sound, 3, [2], [-1]), "negative offset or stride");
        yield return ("negative size", Of(sound, 0, [-1], [1]), "impossible shape");
        yield return ("size that overflows", Of(sound, 0, [1L << 32, 1L << 32], [0, 0]), "impossible shape");
        yield return ("one stride too few", Of(sound, 0, [2, 2], [1]), "2 dimensions and 1 strides");
        yield return ("100 dimensions", Of(sound, 0, [.. Enumerable.Repeat(1L, 100)], [.. Enumerable.Repeat(0L, 100)]), "100 dimensions");
        yield return ("storage larger than its entry", Of(PickleBytes.Storage(count: 5), 0, [1],
            [1]), "5 numbers of type float32 were announced");
        yield return ("storage smaller than its entry", Of(PickleBytes.Storage(count: 3), 0, [1], [1]), "were announced");
        yield return ("storage of 2^62 numbers", Of(PickleBytes.Storage(count: 1L << 62), 0, [1], [1]), "were announced");
        yield return ("storage of -1 numbers", Of(PickleBytes.Storage(count: -1), 0, [1], [1]), "in words that torch never uses");
        yield return ("storage elsewhere", Of(PickleBytes.Storage(key: "../../../etc/passwd"), 0, [1], [1]), "has no entry");
        yield return ("quantised storage", Of(PickleBytes.Storage(type: "float32"), 0, [1], [1]), "in words that torch never uses");
        yield return ("one storage as two types", [.. Head, (byte)'}', .. PickleBytes.Text("a"), .. PickleBytes.Tensor(sound, 0, [1], [1]),
            (byte)'s', .. PickleBytes.Text("b"), .. PickleBytes.Tensor(PickleBytes.Storage("IntStorage"), 0, [1], [1]), (byte)'s',
            Stop], "used as two types");
        byte[] conjugate = [(byte)'}', .. PickleBytes.Text("conj"), 0x88, (byte)'s'];
        yield return ("conjugate numbers", PickleBytes.Dictionary([.. PickleBytes.Global("torch._utils", "_rebuild_tensor_v2"),
            .. PickleBytes.Tuple(sound, PickleBytes.Number(0), PickleBytes.Numbers(1), PickleBytes.Numbers(1), [0x89],
                PickleBytes.OrderedDict, conjugate), Reduce]), "unknown properties \"conj\"");
        yield return ("a hook", PickleBytes.Dictionary([.. PickleBytes.Global("torch._utils", "_rebuild_tensor_v2"),
            .. PickleBytes.Tuple(sound, PickleBytes.Number(0), PickleBytes.Numbers(1), PickleBytes.Numbers(1), [0x89],
                [.. PickleBytes.OrderedDict, .. PickleBytes.Text("h"), (byte)'N', (byte)'s']), Reduce]), "that torch never writes");
        yield return ("fewer arguments", PickleBytes.Dictionary([.. PickleBytes.Global("torch._utils", "_rebuild_tensor_v2"),
            .. PickleBytes.Tuple(sound), Reduce]), "that torch never writes");
        yield return ("a size of texts", PickleBytes.Dictionary([.. PickleBytes.Global("torch._utils", "_rebuild_tensor_v2"),
            .. PickleBytes.Tuple(sound, PickleBytes.Number(0), PickleBytes.Tuple(PickleBytes.Text("1")), PickleBytes.Numbers(1), [0x89],
                PickleBytes.OrderedDict), Reduce]), "that torch never writes");
    }
}
