using System.Buffers.Text;
using System.Text;

namespace ActorJobs.Cli;

/// <summary>Reads answers in the protocol of Redis (RESP 2), with a bound for everything a server could send too much of.</summary>
internal sealed class RespReader(Stream stream)
{
    private const int MaxLine = 64 << 10;
    private const int MaxBytes = 64 << 20;
    private const int MaxItems = 1 << 20;
    private const int MaxDepth = 8;

    private readonly byte[] buffer = new byte[64 << 10];
    private int begin, end;

    /// <summary>The next answer; a refusal of the server is thrown.</summary>
    public ValueTask<RedisReply> ReadAsync(CancellationToken cancellationToken) => ReadAsync(0, cancellationToken);

    private async ValueTask<RedisReply> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        var line = await LineAsync(cancellationToken);
        return line[0] switch
        {
            (byte)'+' => new RedisReply(line[1..], 0, null),
            (byte)':' => new RedisReply(null, NumberOf(line), null),
            (byte)'$' => await BytesAsync(NumberOf(line), cancellationToken),
            (byte)'*' when depth < MaxDepth => await ItemsAsync(NumberOf(line), depth, cancellationToken),
            (byte)'-' => throw new RedisRefusal(Encoding.UTF8.GetString(line.AsSpan(1))),
            _ => throw Unexpected(),
        };
    }

    private async ValueTask<RedisReply> BytesAsync(long length, CancellationToken cancellationToken)
    {
        if (length < 0)
            return RedisReply.Nothing;
        if (length > MaxBytes)
            throw new IOException($"The redis-server answers with a value of {length} bytes; more than {MaxBytes} are not read.");
        var bytes = new byte[length];
        for (var filled = 0; filled < bytes.Length;)
        {
            if (begin == end)
                await FillAsync(cancellationToken);
            var part = Math.Min(end - begin, bytes.Length - filled);
            buffer.AsSpan(begin, part).CopyTo(bytes.AsSpan(filled));
            (begin, filled) = (begin + part, filled + part);
        }

        return (await LineAsync(cancellationToken, mayBeEmpty: true)).Length == 0 ? new RedisReply(bytes, 0, null) : throw Unexpected();
    }

    private async ValueTask<RedisReply> ItemsAsync(long count, int depth, CancellationToken cancellationToken)
    {
        if (count is < 0 or > MaxItems)
            return count < 0 ? RedisReply.Nothing : throw new IOException($"The redis-server answers with a list of {count} values; more than {MaxItems} are not read.");
        var items = new List<RedisReply>((int)Math.Min(count, 1024));
        for (var i = 0; i < count; i++)
            items.Add(await ReadAsync(depth + 1, cancellationToken));
        return new RedisReply(null, 0, items);
    }

    private async ValueTask<byte[]> LineAsync(CancellationToken cancellationToken, bool mayBeEmpty = false)
    {
        var line = new List<byte>();
        while (true)
        {
            if (begin == end)
                await FillAsync(cancellationToken);
            var read = buffer.AsSpan(begin, end - begin);
            var at = read.IndexOf((byte)'\n');
            line.AddRange(at < 0 ? read : read[..at]);
            begin += at < 0 ? read.Length : at + 1;
            if (line.Count > MaxLine)
                throw Unexpected();
            if (at < 0)
                continue;
            if (line is not [.., (byte)'\r'] || (line.Count == 1 && !mayBeEmpty))
                throw Unexpected();
            return [.. line[..^1]];
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        (begin, end) = (0, await stream.ReadAsync(buffer, cancellationToken));
        if (end == 0)
            throw new IOException("The redis-server hung up.");
    }

    private static long NumberOf(byte[] line) =>
        Utf8Parser.TryParse(line.AsSpan(1), out long number, out var used) && used == line.Length - 1 ? number : throw Unexpected();

    private static IOException Unexpected() => new("What answers there does not speak the protocol of Redis; is it a redis-server, and TLS (rediss://) as it wants it?");
}

/// <summary>A redis-server refuses a command.</summary>
internal sealed class RedisRefusal(string said) : IOException($"The redis-server refuses: {said}{(IsAccess(said) ? $" A password comes from {RedisAddress.PasswordVariable} or the address." : "")}")
{
    private static bool IsAccess(string said) => said.StartsWith("NOAUTH", StringComparison.Ordinal) || said.StartsWith("WRONGPASS", StringComparison.Ordinal);
}
