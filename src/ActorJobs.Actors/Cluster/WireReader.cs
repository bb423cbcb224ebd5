using System.Buffers.Binary;
using System.Text;

namespace ActorJobs.Actors.Cluster;

/// <summary>Reads what a <see cref="WireWriter"/> has written. Throws <see cref="InvalidDataException"/> when it is cut short or makes no sense.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> left = source;

    public readonly bool IsAtEnd => left.IsEmpty;

    public byte ReadByte() => Take(1)[0];

    public int ReadInt() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt());

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > left.Length)
            throw new InvalidDataException($"A message of another node is cut short: {count} bytes wanted, {left.Length} left.");
        var taken = left[..count];
        left = left[count..];
        return taken;
    }
}
