using System.Buffers;
using System.Text.Json;

namespace ActorJobs.Actors.Entities;

/// <summary>One buffer and JSON writer per thread: encoding happens in every commit, and only the exact bytes are kept.</summary>
public static class EncodingBuffer
{
    private const int Largest = 1 << 20; // a larger one is not kept

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The thread's buffer, emptied, and a writer into it. Not to be rented again before it is returned.</summary>
    public static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Rent()
    {
        buffer ??= new ArrayBufferWriter<byte>(4096);
        writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        return (buffer, writer);
    }

    /// <summary>Gives the buffer back.</summary>
    public static void Return(ArrayBufferWriter<byte> rented)
    {
        if (rented.Capacity > Largest)
            (buffer, writer) = (null, null);
    }
}
