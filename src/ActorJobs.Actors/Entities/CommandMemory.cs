using System.Text.Json;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The last commands of an entity with their replies, stored in an envelope around its state, so that a repeated command gets its first answer
/// also after a restart.
/// </summary>
internal sealed class CommandMemory(int capacity)
{
    private readonly Queue<(string Id, JsonElement Reply)> recent = new();

    public RememberedReply? Find(string id)
    {
        foreach (var item in recent)
        {
            if (item.Id == id)
                return new RememberedReply(item.Reply);
        }

        return null;
    }

    public void Add(string id, object? reply)
    {
        while (recent.Count >= capacity)
            recent.Dequeue();
        recent.Enqueue((id, JsonSerializer.SerializeToElement(reply, reply?.GetType() ?? typeof(object), JsonSerializerOptions.Web)));
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

    public ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        recent.Clear();
        foreach (var item in document.RootElement.GetProperty("recent").EnumerateObject())
            recent.Enqueue((item.Name, item.Value.Clone()));
        return JsonSerializer.SerializeToUtf8Bytes(document.RootElement.GetProperty("state"));
    }
}

/// <summary>The reply a repeated command got the first time.</summary>
internal sealed record RememberedReply(JsonElement Json);
