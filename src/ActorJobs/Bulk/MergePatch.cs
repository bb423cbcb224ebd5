using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorJobs.Bulk;

/// <summary>JSON merge patches (RFC 7396): members of the patch replace members of the same name, null removes them, objects are gone into.</summary>
internal static class MergePatch
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // stored, never put into a page as it is

    /// <summary>What <paramref name="target"/> becomes.</summary>
    public static RawJson Apply(RawJson target, RawJson patch)
    {
        using var before = JsonDocument.Parse(target.Utf8, Reading);
        using var change = JsonDocument.Parse(patch.Utf8, Reading);
        var buffer = new ArrayBufferWriter<byte>(target.Utf8.Length + patch.Utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            Write(writer, before.RootElement, change.RootElement);
        return RawJson.FromValidUtf8(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            patch.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        var isObject = target.ValueKind == JsonValueKind.Object;
        if (isObject)
            WriteKept(writer, target, patch);
        foreach (var member in patch.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (isObject && target.TryGetProperty(member.Name, out _))
                continue;
            writer.WritePropertyName(member.Name);
            Write(writer, default, member.Value); // nulls within it are removals of nothing
        }

        writer.WriteEndObject();
    }

    private static void WriteKept(Utf8JsonWriter writer, JsonElement target, JsonElement patch)
    {
        foreach (var member in target.EnumerateObject())
        {
            if (!patch.TryGetProperty(member.Name, out var change))
            {
                member.WriteTo(writer);
            }
            else if (change.ValueKind != JsonValueKind.Null)
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, change);
            }
        }
    }
}
