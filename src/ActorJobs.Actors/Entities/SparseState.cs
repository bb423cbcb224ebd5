using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The envelope around a state that is stored only now and then: it tells after which event it is, and the events since lead on from there.
/// </summary>
internal static class SparseState
{
    /// <summary>Marks a stored schema as that of a state in this envelope.</summary>
    public const int Mark = 1 << 24;

    public static ReadOnlyMemory<byte> Wrap(long version, ReadOnlyMemory<byte> state)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"version":{{version}},"state":"""));
        var envelope = new byte[head.Length + state.Length + 1];
        head.CopyTo(envelope, 0);
        state.CopyTo(envelope.AsMemory(head.Length));
        envelope[^1] = (byte)'}';
        return envelope;
    }

    public static (long Version, ReadOnlyMemory<byte> State) Unwrap(ReadOnlyMemory<byte> envelope)
    {
        var reader = new Utf8JsonReader(envelope.Span);
        reader.Read();
        reader.Read();
        reader.Read();
        var version = reader.GetInt64();
        reader.Read();
        reader.Read();
        return (version, envelope[(int)reader.TokenStartIndex..^1]);
    }
}
