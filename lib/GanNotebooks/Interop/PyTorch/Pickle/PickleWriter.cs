using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace GanNotebooks.Interop;

/// <summary>
/// Writes what <see cref="PickleMachine"/> reads as a pickle of protocol 2, which every PyTorch and every Python 3 understands.
/// </summary>
internal sealed class PickleWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> pickle = new();

    /// <summary>The pickle of an object.</summary>
    public static byte[] Write(object? root)
    {
        var writer = new PickleWriter();
        writer.Put([PickleOpcode.Protocol, 2]);
        writer.Put(root);
        writer.Put(PickleOpcode.Stop);
        return writer.pickle.WrittenSpan.ToArray();
    }

    private void Put(object? value)
    {
        switch (value)
        {
            case null: Put(PickleOpcode.None); break;
            case bool truth: Put(truth ? PickleOpcode.True : PickleOpcode.False); break;
            case long number: PutNumber(number); break;
            case double real: PutReal(real); break;
            case string text: PutText(text); break;
            case PickleTuple tuple: PutTuple(tuple); break;
            case List<object?> list: PutList(list); break;
            case PickleDictionary dictionary: PutDictionary(dictionary); break;
            case TensorReference tensor: PutTensor(tensor); break;
            default: throw new InvalidOperationException($"a pickle of {value.GetType()}");
        }
    }

    private void PutTensor(TensorReference tensor)
    {
        PutGlobal("torch._utils", "_rebuild_tensor_v2");
        Put(PickleOpcode.Mark);
        Put(PickleOpcode.Mark);
        PutText("storage");
        PutGlobal("torch", tensor.Storage.Element.Storage);
        PutText(tensor.Storage.Key);
        PutText("cpu");
        PutNumber(tensor.Storage.Count);
        Put(PickleOpcode.TupleToMark);
        Put(PickleOpcode.PersistentId);
        PutNumber(tensor.Offset);
        PutTuple(new([.. tensor.Size.Cast<object?>()]));
        PutTuple(new([.. tensor.Stride.Cast<object?>()]));
        Put(false); // requires_grad: entries of a state dict are detached
        PutEmptyOrderedDict(); // no hooks
        Put(PickleOpcode.TupleToMark);
        Put(PickleOpcode.Reduce);
    }

    private void PutDictionary(PickleDictionary dictionary)
    {
        if (dictionary.IsOrderedDict)
            PutEmptyOrderedDict();
        else
            Put(PickleOpcode.EmptyDictionary);
        if (dictionary.Count == 0)
            return;
        Put(PickleOpcode.Mark);
        foreach (var (key, value) in dictionary.Items)
        {
            Put(key);
            Put(value);
        }
        Put(PickleOpcode.SetItems);
    }

    private void PutEmptyOrderedDict()
    {
        PutGlobal("collections", "OrderedDict");
        Put(PickleOpcode.EmptyTuple);
        Put(PickleOpcode.Reduce);
    }

    private void PutList(List<object?> list)
    {
        Put(PickleOpcode.EmptyList);
        Put(PickleOpcode.Mark);
        foreach (object? item in list)
            Put(item);
        Put(PickleOpcode.Appends);
    }

    private void PutTuple(PickleTuple tuple)
    {
        if (tuple.Items.Length > 3)
            Put(PickleOpcode.Mark);
        foreach (object? item in tuple.Items)
            Put(item);
        Put(tuple.Items.Length switch
        {
            0 => PickleOpcode.EmptyTuple,
            1 => PickleOpcode.Tuple1,
            2 => PickleOpcode.Tuple2,
            3 => PickleOpcode.Tuple3,
            _ => PickleOpcode.TupleToMark
        });
    }

    private void PutGlobal(string module, string name) =>
        Put([PickleOpcode.Global, .. Utf8.GetBytes(module), (byte)'\n', .. Utf8.GetBytes(name), (byte)'\n']);

    private void PutText(string text)
    {
        byte[] bytes = Utf8.GetBytes(text);
        Span<byte> head = [PickleOpcode.Unicode, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        Put(head);
        Put(bytes);
    }

    private void PutNumber(long number)
    {
        if (number is >= 0 and <= byte.MaxValue)
        {
            Put([PickleOpcode.Integer1, (byte)number]);
        }
        else if (number is >= int.MinValue and <= int.MaxValue)
        {
            Span<byte> four = [PickleOpcode.Integer, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32LittleEndian(four[1..], (int)number);
            Put(four);
        }
        else
        {
            Span<byte> eight = [PickleOpcode.Long1, sizeof(long), 0, 0, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt64LittleEndian(eight[2..], number);
            Put(eight);
        }
    }

    private void PutReal(double real)
    {
        Span<byte> bytes = [PickleOpcode.Float, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteDoubleBigEndian(bytes[1..], real);
        Put(bytes);
    }

    private void Put(byte opcode) => Put([opcode]);

    private void Put(ReadOnlySpan<byte> bytes) => pickle.Write(bytes);
}
