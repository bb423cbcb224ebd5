using System.Text;

namespace ActorJobs.Cli;

/// <summary>An answer of a redis-server (RESP 2): bytes, a number, a list, or nothing.</summary>
/// <param name="Bytes">A text or bytes; null when it is something else, or nothing.</param>
/// <param name="Number">A number.</param>
/// <param name="Items">A list; null when it is something else.</param>
internal sealed record RedisReply(byte[]? Bytes, long Number, IReadOnlyList<RedisReply>? Items)
{
    public static readonly RedisReply Nothing = new(null, 0, null);

    /// <summary>The bytes as text; empty for nothing.</summary>
    public string Text => Bytes is null ? "" : Encoding.UTF8.GetString(Bytes);

    /// <summary>The items; none when it is no list.</summary>
    public IReadOnlyList<RedisReply> List => Items ?? [];
}

/// <summary>A word of a command: text or bytes as they are.</summary>
internal readonly record struct RedisWord(ReadOnlyMemory<byte> Bytes)
{
    public static implicit operator RedisWord(string text) => new(Encoding.UTF8.GetBytes(text));

    public static implicit operator RedisWord(byte[] bytes) => new(bytes);

    public static implicit operator RedisWord(long number) => new(Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
