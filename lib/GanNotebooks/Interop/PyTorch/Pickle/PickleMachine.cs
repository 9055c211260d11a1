namespace GanNotebooks.Interop;

/// <summary>
/// Executes as much of the pickle language as state dicts consist of, protocols 2 to 5: building dictionaries, lists and tuples, and
/// describing tensors. No name is imported, no function called: whatever else a pickle makes becomes a <see cref="PickleOpaque"/>, which
/// swallows what is done to it. What a program may build is bounded, however small it is.
/// </summary>
/// <param name="program">The pickle.</param>
/// <param name="file">The name of the file, for messages.</param>
internal sealed class PickleMachine(byte[] program, string file)
{
    /// <summary>The largest pickle that is read, in bytes: some 100 suffice for a tensor.</summary>
    public const int MaxProgram = 16 << 20;

    private const long MaxMemory = 24 << 20; // an estimate of what was built, in bytes
    private const int MaxStack = 1 << 18, MaxMarks = 64, ObjectBytes = 56, SlotBytes = 16, EntryBytes = 64, NameBytes = 4 * ObjectBytes;

    private readonly PickleReader reader = new(program, file);
    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<long, object?> memo = new(IndexComparer.Instance);
    private long memory;

    /// <summary>Executes the pickle and returns the object that it builds.</summary>
    /// <returns>null, bool, long, double, string, <see cref="PickleTuple"/>, List, <see cref="PickleDictionary"/>,
    /// <see cref="PickleGlobal"/>, <see cref="StorageReference"/>, <see cref="TensorReference"/> or <see cref="PickleOpaque"/>.</returns>
    /// <exception cref="InteropException">The pickle is damaged, uses an operation of protocol 0 or 1, or builds too much.</exception>
    public object? Run()
    {
        if (program.Length > MaxProgram)
            throw Invalid($"the pickle has {program.Length} bytes; at most {MaxProgram} are read. {PickleText.Remedy}");
        var first = reader.Next();
        if (first.Opcode.Code != PickleOpcode.Protocol || first.Number is < 2 or > 5)
            throw Invalid("the pickle is not of protocol 2 to 5");
        while (true)
        {
            var step = reader.Next();
            if (step.Opcode.Code == PickleOpcode.Stop)
                break;
            Execute(step);
            if (stack.Count > MaxStack)
                throw Invalid($"the pickle keeps more than {MaxStack} objects waiting");
            if (memory > MaxMemory)
                throw Invalid($"the pickle builds more than {MaxMemory >> 20} MB of objects. {PickleText.Remedy}");
        }
        if (stack.Count != 1 || marks.Count != 0 || !reader.IsAtEnd)
            throw Invalid("the pickle does not end with one object");
        return stack[0];
    }

    private void Execute(PickleStep step)
    {
        switch (step.Opcode.Code)
        {
            case PickleOpcode.Frame: break; // a hint for readers of streams
            case PickleOpcode.None: stack.Add(null); break;
            case PickleOpcode.True: stack.Add(true); break;
            case PickleOpcode.False: stack.Add(false); break;
            case PickleOpcode.Integer or PickleOpcode.Integer1 or PickleOpcode.Integer2 or PickleOpcode.Long1 or PickleOpcode.Long4:
                Push(step.Text is { } large ? new PickleOpaque(large) : step.Number, 24); break;
            case PickleOpcode.Float: Push(step.Real, 24); break;
            case PickleOpcode.Unicode or PickleOpcode.ShortUnicode or PickleOpcode.Unicode8:
                Push(step.Text is { } text ? text : new PickleOpaque("a text that is not UTF-8"), 24 + 2 * (step.Text?.Length ?? 0)); break;
            case PickleOpcode.EmptyList: Push(new List<object?>(), ObjectBytes); break;
            case PickleOpcode.EmptyDictionary: Push(new PickleDictionary(isOrderedDict: false), 2 * ObjectBytes); break;
            case PickleOpcode.EmptyTuple: stack.Add(PickleTuple.Empty); break;
            case PickleOpcode.Tuple1: PushTuple(PopMany(1)); break;
            case PickleOpcode.Tuple2: PushTuple(PopMany(2)); break;
            case PickleOpcode.Tuple3: PushTuple(PopMany(3)); break;
            case PickleOpcode.TupleToMark: PushTuple(PopToMark()); break;
            case PickleOpcode.Mark: PushMark(); break;
            case PickleOpcode.Append: AppendTo(PopMany(1)); break;
            case PickleOpcode.Appends: AppendTo(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.Get or PickleOpcode.LongGet: stack.Add(Recall(step.Number)); break;
            case PickleOpcode.Put or PickleOpcode.LongPut: Remember(step.Number); break;
            case PickleOpcode.Memoize: Remember(memo.Count); break;
            default: ExecuteCall(step); break;
        }
    }

    private void ExecuteCall(PickleStep step)
    {
        switch (step.Opcode.Code)
        {
            case PickleOpcode.Global:
                Push(PickleGlobals.Import(step.Text!, step.Name!),
                    3 * ObjectBytes + 2 * (step.Text!.Length + step.Name!.Length)); break;
            case PickleOpcode.StackGlobal:
                Push(PopMany(2) is [string module, string name]
                    ? PickleGlobals.Import(module, name)
                    : throw Invalid("STACK_GLOBAL in the pickle has no two texts"), NameBytes); break;
            case PickleOpcode.PersistentId: Push(PickleGlobals.Storage(PopMany(1)[0], file), ObjectBytes); break;
            case PickleOpcode.Reduce: Call(PopMany(2)); break;
            case PickleOpcode.Build: Build(); break;
            default: ExecuteForeign(step); break;
        }
    }

    // What a training checkpoint may hold beside its state dicts.
    private void ExecuteForeign(PickleStep step)
    {
        switch (step.Opcode.Name)
        {
            case "BINBYTES" or "SHORT_BINBYTES" or "BINBYTES8" or "BYTEARRAY8":
                Push(new PickleOpaque($"bytes ({step.Opcode.Name}, {step.Number})"), NameBytes); break;
            case "BINSTRING" or "SHORT_BINSTRING": Push(new PickleOpaque($"a text of Python 2 ({step.Number} bytes)"), NameBytes); break;
            case "EMPTY_SET": Push(new PickleOpaque("a set"), ObjectBytes); break;
            case "FROZENSET": Push(new PickleOpaque($"a set of {PopToMark().Length}"), NameBytes); break;
            case "ADDITEMS": Swallow(PopToMark()); break;
            case "NEWOBJ": Push(Instance(PopMany(2)[0], step), NameBytes); break;
            case "NEWOBJ_EX": Push(Instance(PopMany(3)[0], step), NameBytes); break;
            case "OBJ": Push(Instance(PopToMark().FirstOrDefault(), step), NameBytes); break;
            case "INST":
                PopToMark();
                Push(Instance(PickleGlobals.Import(step.Text!, step.Name!), step), NameBytes);
                break;
            case "EXT1" or "EXT2" or "EXT4": Push(new PickleOpaque($"object {step.Number} of Python's copyreg"), NameBytes); break;
            case "POP": Pop(); break;
            case "POP_MARK": PopToMark(); break;
            case "DUP": Duplicate(); break;
            default: throw Invalid($"the pickle uses {step.Opcode.Name} (byte {step.Offset}), which no state dict needs");
        }
    }

    private void Call(object?[] items)
    {
        object result = items switch
        {
            [PickleGlobal called, PickleTuple { Items: var arguments }] => PickleGlobals.Call(called, arguments, file),
            [PickleOpaque called, PickleTuple] => called,
            _ => throw Invalid("REDUCE in the pickle calls something that is no function"),
        };
        Push(result, 4 * ObjectBytes + SlotBytes * (long)((PickleTuple)items[1]!).Items.Length);
    }

    private PickleOpaque Instance(object? type, PickleStep step) => type switch
    {
        PickleOpaque known => known,
        PickleGlobal name => new PickleOpaque($"{Quoted.Name($"{name.Module}.{name.Name}")} ({step.Opcode.Name})"),
        _ => throw Invalid($"{step.Opcode.Name} (byte {step.Offset} of the pickle) makes an instance of something that is no class"),
    };

    private void Swallow(object?[] _)
    {
        if (stack.Count == 0 || stack[^1] is not PickleOpaque)
            throw Invalid("the pickle adds items to something that is no set");
    }

    // Python's POP takes a mark when that is what lies on top.
    private void Pop()
    {
        if (marks.Count > 0 && marks[^1] == stack.Count)
            marks.RemoveAt(marks.Count - 1);
        else
            PopMany(1);
    }

    private void Duplicate()
    {
        object? top = PopMany(1)[0];
        stack.Add(top);
        stack.Add(top);
    }

    // The attributes of an OrderedDict: torch keeps the versions of modules there, which nothing here depends on.
    private void Build()
    {
        if (PopMany(1) is not [_] || stack.Count == 0 || stack[^1] is not (PickleDictionary { IsOrderedDict: true } or PickleOpaque))
            throw Invalid("the pickle uses BUILD on something that has no attributes");
    }

    private void Push(object value, long bytes)
    {
        memory += bytes;
        stack.Add(value);
    }

    private void PushTuple(object?[] items) => Push(new PickleTuple(items), ObjectBytes + SlotBytes * items.Length);

    private void PushMark()
    {
        if (marks.Count == MaxMarks)
            throw Invalid($"the pickle is nested deeper than {MaxMarks}");
        marks.Add(stack.Count);
    }

    private object?[] PopMany(int count)
    {
        int first = stack.Count - count;
        if (first < (marks.Count > 0 ? marks[^1] : 0))
            throw Invalid("the pickle takes more from its stack than is there");
        object?[] items = new object?[count];
        stack.CopyTo(first, items, 0, count);
        stack.RemoveRange(first, count);
        return items;
    }

    private object?[] PopToMark()
    {
        if (marks.Count == 0)
            throw Invalid("the pickle needs a MARK and has none");
        object?[] items = PopMany(stack.Count - marks[^1]);
        marks.RemoveAt(marks.Count - 1);
        return items;
    }

    private void AppendTo(object?[] items)
    {
        if (stack.Count > 0 && stack[^1] is PickleOpaque)
            return;
        if (stack.Count == 0 || stack[^1] is not List<object?> list)
            throw Invalid("the pickle appends to something that is no list");
        memory += 2 * SlotBytes * items.Length;
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (stack.Count > 0 && stack[^1] is PickleOpaque && items.Length % 2 == 0)
            return;
        if (stack.Count == 0 || stack[^1] is not PickleDictionary dictionary || items.Length % 2 != 0)
            throw Invalid("the pickle sets items of something that is no dictionary");
        memory += EntryBytes * items.Length;
        for (int i = 0; i < items.Length; i += 2)
        {
            if (items[i] is List<object?> or PickleDictionary)
                throw Invalid("the pickle has a dictionary with a list or a dictionary for a key");
            if (items[i] is not (string or long))
                AddForeign(dictionary, items[i], items[i + 1]);
            else if (!dictionary.TryAdd(items[i]!, items[i + 1]))
                throw Invalid($"the key {Quoted.Name(items[i]!.ToString()!)} comes twice");
        }
    }

    private void AddForeign(PickleDictionary dictionary, object? key, object? value)
    {
        memory += NameBytes;
        dictionary.AddForeign(key, value);
    }

    private object? Recall(long index) => memo.TryGetValue(index, out object? value)
        ? value
        : throw Invalid($"the pickle recalls object {index}, which it never stored");

    private void Remember(long index)
    {
        if (stack.Count == 0)
            throw Invalid("the pickle stores an object and has none");
        memory += EntryBytes;
        memo[index] = stack[^1];
    }

    private InteropException Invalid(string reason) => new(file, reason);

    /// <summary>A file chooses the indices of its memo: .NET's own hash, the number itself, would let it choose the collisions.</summary>
    private sealed class IndexComparer : IEqualityComparer<long>
    {
        public static IndexComparer Instance { get; } = new();

        public bool Equals(long x, long y) => x == y;

        public int GetHashCode(long index) => HashCode.Combine((int)index);
    }
}
