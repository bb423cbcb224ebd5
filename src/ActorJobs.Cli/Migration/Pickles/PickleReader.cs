namespace ActorJobs.Cli;

/// <summary>
/// Reads the plain values out of a pickle: None, booleans, numbers, texts, tuples, lists and dicts. A pickle is a program that makes whatever objects it
/// likes; this reader knows no opcode by which an object is named, made or called, and refuses the pickle when it meets one. So nothing in it can do anything.
/// </summary>
/// <remarks>
/// Source: CPython's <c>pickletools.py</c>; protocols 2 to 5, which are all that RQ and Celery write under Python 3. Lists and tuples become <see cref="List{T}"/>, dicts <see cref="Dictionary{TKey,TValue}"/> of texts; both may be
/// shared, or hold themselves, as in Python: <see cref="PickleJson"/> bounds what comes of that.
/// </remarks>
internal ref partial struct PickleReader
{
    private const int NewestProtocol = 5;

    private static readonly object Mark = new();

    private readonly List<object?> stack = [];
    private readonly Dictionary<long, object?> memo = [];
    private ReadOnlySpan<byte> rest;

    private PickleReader(ReadOnlySpan<byte> pickle) => rest = pickle;

    /// <summary>Whether bytes begin as a pickle does.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> bytes) => bytes is [(byte)PickleOpcode.Proto, <= NewestProtocol, ..];

    /// <summary>The value; throws <see cref="NotCarriedException"/> for anything but plain values.</summary>
    public static object? Read(ReadOnlySpan<byte> pickle) => new PickleReader(pickle).Run();

    private object? Run()
    {
        while (true)
        {
            var opcode = (PickleOpcode)Take(1)[0];
            if (opcode == PickleOpcode.Stop)
                return stack is [var value] && value != Mark ? value : throw Damaged();
            Execute(opcode);
        }
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto when Take(1)[0] <= NewestProtocol: break;
            case PickleOpcode.Frame: Take(8); break;
            case PickleOpcode.Mark: stack.Add(Mark); break;
            case PickleOpcode.Pop: Pop(mayBeMark: true); break;
            case PickleOpcode.PopMark: PopToMark(); break;
            case PickleOpcode.Dup: stack.Add(Top()); break;
            case PickleOpcode.Memoize: memo[memo.Count] = Top(); break;
            case PickleOpcode.BinPut: memo[Take(1)[0]] = Top(); break;
            case PickleOpcode.LongBinPut: memo[UInt32()] = Top(); break;
            case PickleOpcode.BinGet: stack.Add(Remembered(Take(1)[0])); break;
            case PickleOpcode.LongBinGet: stack.Add(Remembered(UInt32())); break;
            case PickleOpcode.None: stack.Add(null); break;
            case PickleOpcode.NewTrue: stack.Add(true); break;
            case PickleOpcode.NewFalse: stack.Add(false); break;
            default:
                if (!TryNumber(opcode) && !TryText(opcode) && !TryCollection(opcode))
                    throw Refusal(opcode);
                break;
        }
    }

    private bool TryCollection(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple or PickleOpcode.EmptyList: stack.Add(new List<object?>()); break;
            case PickleOpcode.EmptyDict: stack.Add(new Dictionary<string, object?>()); break;
            case PickleOpcode.Tuple: stack.Add(PopToMark()); break;
            case PickleOpcode.Tuple1: stack.Add(PopLast(1)); break;
            case PickleOpcode.Tuple2: stack.Add(PopLast(2)); break;
            case PickleOpcode.Tuple3: stack.Add(PopLast(3)); break;
            case PickleOpcode.Append: AddTo(PopLast(1)); break;
            case PickleOpcode.Appends: AddTo(PopToMark()); break;
            case PickleOpcode.SetItem: Put(PopLast(2), Top()); break;
            case PickleOpcode.SetItems: Put(PopToMark(), Top()); break;
            default: return false;
        }

        return true;
    }

    private readonly object? Top() => stack is [.., var top] && top != Mark ? top : throw Damaged();

    private object? Pop(bool mayBeMark = false)
    {
        var top = stack is [.., var last] && (mayBeMark || last != Mark) ? last : throw Damaged();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private List<object?> PopLast(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return [.. values];
    }

    private readonly List<object?> PopToMark()
    {
        var mark = stack.LastIndexOf(Mark);
        if (mark < 0)
            throw Damaged();
        var values = stack.GetRange(mark + 1, stack.Count - mark - 1);
        stack.RemoveRange(mark, stack.Count - mark);
        return values;
    }

    private readonly void AddTo(List<object?> values)
    {
        if (Top() is not List<object?> list)
            throw Damaged();
        list.AddRange(values);
    }

    private static void Put(List<object?> pairs, object? target)
    {
        if (target is not Dictionary<string, object?> dict || pairs.Count % 2 != 0)
            throw Damaged();
        for (var i = 0; i < pairs.Count; i += 2)
            dict[pairs[i] as string ?? throw new NotCarriedException($"a dict in its arguments has a key that is no text ({PickleJson.NameOf(pairs[i])}); {Advice}")] = pairs[i + 1];
    }

    private readonly object? Remembered(long key) => memo.TryGetValue(key, out var value) ? value : throw Damaged();
}
