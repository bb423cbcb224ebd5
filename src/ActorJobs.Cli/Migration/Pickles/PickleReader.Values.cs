using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace ActorJobs.Cli;

/// <content>Numbers and texts, and what is said of everything else.</content>
internal ref partial struct PickleReader
{
    /// <summary>What to do about a pickle that cannot be read.</summary>
    public const string Advice = "let the old workers run it, or enqueue it again with plain values (texts, numbers, booleans, None, lists, tuples, dicts)";

    // a number of a kilobyte is no argument of a job, and turning one into decimal digits takes time that grows with its square. Unit: bytes
    private const int MaxNumber = 1 << 10;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private bool TryNumber(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinInt: stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case PickleOpcode.BinInt1: stack.Add((long)Take(1)[0]); break;
            case PickleOpcode.BinInt2: stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case PickleOpcode.Long1: AddInteger(Take(1)[0]); break;
            case PickleOpcode.Long4: AddInteger(UInt32()); break;
            case PickleOpcode.BinFloat: stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            default: return false;
        }

        return true;
    }

    private bool TryText(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.ShortBinUnicode: stack.Add(Text(Take(1)[0])); break;
            case PickleOpcode.BinUnicode: stack.Add(Text(UInt32())); break;
            case PickleOpcode.BinUnicode8: stack.Add(Text(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)))); break;
            default: return false;
        }

        return true;
    }

    private void AddInteger(long length)
    {
        if (length > MaxNumber)
            throw new NotCarriedException($"a number in its arguments has {length} bytes; {Advice}");
        var number = new BigInteger(Take((ulong)length));
        // one form for each value, as the other opcodes have it
        if (number >= long.MinValue && number <= long.MaxValue)
            stack.Add((long)number);
        else
            stack.Add(number);
    }

    private string Text(ulong length)
    {
        try
        {
            return Strict.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new NotCarriedException($"a text in its arguments is no valid Unicode; {Advice}");
        }
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private string Line()
    {
        var at = rest.IndexOf((byte)'\n');
        var line = at < 0 ? throw Damaged() : Encoding.UTF8.GetString(rest[..at]);
        rest = rest[(at + 1)..];
        return line;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length)
            throw Damaged();
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    private NotCarriedException Refusal(PickleOpcode opcode) => new(opcode switch
    {
        PickleOpcode.Global => OfObject(Line(), Line()),
        PickleOpcode.StackGlobal when stack is [.., string module, string name] => OfObject(module, name),
        PickleOpcode.BinBytes or PickleOpcode.ShortBinBytes or PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => $"its arguments hold bytes, which JSON does not have; {Advice}",
        PickleOpcode.EmptySet or PickleOpcode.AddItems or PickleOpcode.FrozenSet => $"its arguments hold a set, which JSON does not have; {Advice}",
        PickleOpcode.BinString or PickleOpcode.ShortBinString => $"it was written by Python 2; {Advice}",
        _ => $"its pickle holds more than plain values (opcode 0x{(byte)opcode:x2}), and is not unpickled: that could run anything; {Advice}",
    });

    private static string OfObject(string module, string name) => (module, name) switch
    {
        ("_codecs", "encode") => $"its arguments hold bytes, which JSON does not have; {Advice}",
        ("builtins" or "__builtin__", "set" or "frozenset") => $"its arguments hold a set, which JSON does not have; {Advice}",
        _ => $"its arguments hold a Python object ({module}.{name}), and are not unpickled: that could run anything; {Advice}",
    };

    private static NotCarriedException Damaged() => new("its pickle is damaged");
}
