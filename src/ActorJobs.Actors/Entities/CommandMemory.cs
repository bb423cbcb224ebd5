using System.Text.Json;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The last commands of an entity with their replies, stored in an envelope around its state, so that a repeated command gets its first answer
/// also after a restart. Immutable: what a refused write would have remembered is dropped with it.
/// </summary>
internal sealed class CommandMemory
{
    private readonly (string Id, JsonElement Reply)[] recent;

    private CommandMemory((string, JsonElement)[] recent) => this.recent = recent;

    /// <summary>Remembers nothing yet.</summary>
    public static CommandMemory Empty { get; } = new([]);

    public EncodedReply? Find(string id)
    {
        foreach (var item in recent)
        {
            if (item.Id == id)
                return new EncodedReply(item.Reply);
        }

        return null;
    }

    /// <summary>Remembers one more, and the last <paramref name="capacity"/> at most.</summary>
    public CommandMemory With(string id, object? reply, int capacity)
    {
        var json = JsonSerializer.SerializeToElement(reply, ReplyShape.Of(reply), JsonSerializerOptions.Web);
        return new([.. recent.AsSpan(Math.Max(0, recent.Length - capacity + 1)), (id, json)]);
    }

    public ReadOnlyMemory<byte> Wrap(ReadOnlyMemory<byte> state)
    {
        using var buffer = new MemoryStream(state.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("recent");
            foreach (var (id, reply) in recent)
            {
                writer.WritePropertyName(id);
                reply.WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("state");
            writer.WriteRawValue(state.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static (CommandMemory Memory, ReadOnlyMemory<byte> State) Unwrap(ReadOnlyMemory<byte> envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        var recent = document.RootElement.GetProperty("recent").EnumerateObject().Select(item => (item.Name, item.Value.Clone()));
        return (new([.. recent]), JsonSerializer.SerializeToUtf8Bytes(document.RootElement.GetProperty("state")));
    }
}

/// <summary>A reply as JSON: that a repeated command got the first time, or that comes from another node. Its asker knows what it should be.</summary>
internal sealed record EncodedReply(JsonElement Json);
