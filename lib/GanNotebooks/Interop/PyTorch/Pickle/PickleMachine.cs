namespace GanNotebooks.Interop;

/// <summary>
/// Executes as much of the pickle language as state dicts consist of, protocols 2 to 5: building dictionaries, lists and tuples, and
/// describing tensors. No name is imported, no function called; any other request of a pickle is refused, and the message names it. What a
/// program may build is bounded, however small it is.
/// </summary>
/// <param name="program">The pickle.</param>
/// <param name="file">The name of the file, for messages.</param>
internal sealed class PickleMachine(byte[] program, string file)
{
    /// <summary>The largest pickle that is read, in bytes: some 100 suffice for a tensor.</summary>
    public const int MaxProgram = 16 << 20;

    private const long MaxMemory = 24 << 20; // an estimate of what was built, in bytes
    private const int MaxStack = 1 << 18, MaxMarks = 64, ObjectBytes = 56, SlotBytes = 16, EntryBytes = 64;

    private readonly PickleReader reader = new(program, file);
    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<uint, object?> memo = [];
    private long memory;

    /// <summary>Executes the pickle and returns the object that it builds.</summary>
    /// <returns>null, bool, long, double, string, <see cref="PickleTuple"/>, List, <see cref="PickleDictionary"/>,
    /// <see cref="PickleGlobal"/> or <see cref="TensorReference"/>.</returns>
    /// <exception cref="InteropException">The pickle is damaged, or it needs an operation or a name that no state dict needs.</exception>
    public object? Run()
    {
        if (program.Length > MaxProgram)
            throw Invalid($"the pickle has {program.Length} bytes; at most {MaxProgram} are read");
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
                throw Invalid($"the pickle builds more than {MaxMemory >> 20} MB of objects");
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
                Push(step.Number, 24); break;
            case PickleOpcode.Float: Push(step.Real, 24); break;
            case PickleOpcode.Unicode or PickleOpcode.ShortUnicode or PickleOpcode.Unicode8:
                Push(step.Text!, 24 + 2 * step.Text!.Length); break;
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
            case PickleOpcode.Get or PickleOpcode.LongGet: stack.Add(Recall((uint)step.Number)); break;
            case PickleOpcode.Put or PickleOpcode.LongPut: Remember((uint)step.Number); break;
            case PickleOpcode.Memoize: Remember((uint)memo.Count); break;
            default: ExecuteCall(step); break;
        }
    }

    private void ExecuteCall(PickleStep step)
    {
        switch (step.Opcode.Code)
        {
            case PickleOpcode.Global:
                Push(PickleGlobals.Import(step.Text!, step.Name!, file),
                    3 * ObjectBytes + 2 * (step.Text!.Length + step.Name!.Length)); break;
            case PickleOpcode.StackGlobal:
                Push(PopMany(2) is [string module, string name]
                    ? PickleGlobals.Import(module, name, file)
                    : throw Invalid("STACK_GLOBAL in the pickle has no two texts"), ObjectBytes); break;
            case PickleOpcode.PersistentId: Push(PickleGlobals.Storage(PopMany(1)[0], file), ObjectBytes); break;
            case PickleOpcode.Reduce:
                Push(PopMany(2) is [PickleGlobal called, PickleTuple { Items: var arguments }]
                    ? PickleGlobals.Call(called, arguments, file)
                    : throw Invalid("REDUCE in the pickle calls something that is no function"),
                    4 * ObjectBytes + SlotBytes * arguments.Length); break;
            case PickleOpcode.Build: Build(); break;
            default: throw Invalid($"the pickle uses {step.Opcode.Name} (byte {step.Offset}), which no state dict needs");
        }
    }

    // The attributes of an OrderedDict: torch keeps the versions of modules there, which nothing here depends on.
    private void Build()
    {
        if (PopMany(1) is not [PickleDictionary] || stack.Count == 0 || stack[^1] is not PickleDictionary { IsOrderedDict: true })
            throw Invalid("the pickle uses BUILD on something else than an OrderedDict");
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
        if (stack.Count == 0 || stack[^1] is not List<object?> list)
            throw Invalid("the pickle appends to something that is no list");
        memory += 2 * SlotBytes * items.Length;
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (stack.Count == 0 || stack[^1] is not PickleDictionary dictionary || items.Length % 2 != 0)
            throw Invalid("the pickle sets items of something that is no dictionary");
        memory += EntryBytes * items.Length;
        for (int i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not (string or long))
                throw Invalid($"the pickle has a dictionary with a key that is neither text nor a whole number");
            if (!dictionary.TryAdd(items[i]!, items[i + 1]))
                throw Invalid($"the key {Quoted.Name(items[i]!.ToString()!)} comes twice");
        }
    }

    private object? Recall(uint index) => memo.TryGetValue(index, out object? value)
        ? value
        : throw Invalid($"the pickle recalls object {index}, which it never stored");

    private void Remember(uint index)
    {
        if (stack.Count == 0)
            throw Invalid("the pickle stores an object and has none");
        memory += EntryBytes;
        memo[index] = stack[^1];
    }

    private InteropException Invalid(string reason) => new(file, reason);
}
