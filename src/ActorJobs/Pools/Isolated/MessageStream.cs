using System.Buffers.Binary;
using System.Text.Json;

namespace ActorJobs.Pools.Isolated;

/// <summary>
/// Messages over a pair of pipes: four bytes of length, big-endian, then JSON. A child begins with a mark, before which its program may have written anything.
/// One reader at a time; writers take turns.
/// </summary>
internal sealed class MessageStream(Stream input, Stream output) : IDisposable
{
    /// <summary>The longest message: a result with its frame.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxNoise = 1 << 20;

    private readonly SemaphoreSlim writing = new(1, 1);

    private static ReadOnlySpan<byte> Mark => "\u0001actorjobs-isolated\u0001"u8;

    public void WriteMark()
    {
        output.Write(Mark);
        output.Flush();
    }

    /// <summary>Passes over what a child's program wrote before the mark; false when it ended without one.</summary>
    public async ValueTask<bool> ReadMarkAsync(CancellationToken cancellationToken)
    {
        var (one, matched) = (new byte[1], 0);
        for (var noise = 0; noise < MaxNoise; noise++)
        {
            if (await input.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
                return false;
            matched = one[0] == Mark[matched] ? matched + 1 : one[0] == Mark[0] ? 1 : 0;
            if (matched == Mark.Length)
                return true;
        }

        return false;
    }

    /// <summary>The next message; null when the other side has ended.</summary>
    public async ValueTask<ChildMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        var length = new byte[4];
        if (await input.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < 4)
            return null;
        var size = BinaryPrimitives.ReadInt32BigEndian(length);
        if (size is < 2 or > MaxBytes)
            throw new InvalidDataException($"A message of {size} bytes: something else has written into the pipe.");
        var json = new byte[size];
        return await input.ReadAtLeastAsync(json, size, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < size
            ? null
            : JsonSerializer.Deserialize(json, ChildMessageContext.Default.ChildMessage);
    }

    public async ValueTask WriteAsync(ChildMessage message, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, ChildMessageContext.Default.ChildMessage);
        if (json.Length > MaxBytes)
            throw new InvalidDataException($"A message of {json.Length} bytes is too long, {MaxBytes} are allowed.");
        var frame = new byte[json.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(frame, json.Length);
        json.CopyTo(frame, 4);
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await output.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose()
    {
        writing.Dispose();
        input.Dispose();
        output.Dispose();
    }
}
