using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>One server-sent event.</summary>
/// <param name="Name">Its name; a browser listens by it.</param>
/// <param name="Data">Its text as UTF-8; may have several lines.</param>
/// <param name="Id">What a browser that comes again sends as <c>Last-Event-ID</c>.</param>
public readonly record struct StreamEvent(string Name, ReadOnlyMemory<byte> Data, string? Id = null)
{
    /// <summary>An event with a JSON value.</summary>
    public static StreamEvent Json<T>(string name, T value, Action<Utf8JsonWriter, T> write, string? id = null)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonBody.WriterOptions))
            write(writer, value);
        return new StreamEvent(name, buffer.WrittenMemory, id);
    }

    /// <summary>Writes the event's lines (HTML standard, section 9.2.5). Each line of the data goes behind a <c>data:</c> of its own.</summary>
    internal void WriteTo(IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"event: {Name}\n", output);
        if (Id is not null)
            Encoding.UTF8.GetBytes($"id: {Id}\n", output);
        var rest = Data.Span;
        while (true)
        {
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            output.Write("data: "u8);
            output.Write(end < 0 ? rest : rest[..end]);
            output.Write("\n"u8);
            if (end < 0)
                break;
            rest = rest[(rest[end..].StartsWith("\r\n"u8) ? end + 2 : end + 1)..];
        }

        output.Write("\n"u8);
    }
}
