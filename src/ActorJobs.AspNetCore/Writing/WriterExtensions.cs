using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>How the API spells values: instants in UTC with <c>Z</c>, durations as ISO 8601, what is not there as <c>null</c>.</summary>
internal static class WriterExtensions
{
    public static void WriteInstant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset instant) =>
        writer.WriteString(name, instant.UtcDateTime);

    public static void WriteInstant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } value)
            writer.WriteInstant(name, value);
        else
            writer.WriteNull(name);
    }

    public static void WriteDuration(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan duration) =>
        writer.WriteString(name, IsoDuration.Format(duration));

    public static void WriteRaw(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, RawJson? json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue((json ?? RawJson.Null).Utf8.Span, skipInputValidation: true);
    }

    public static void WriteItems<T>(
        this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeItem)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            writeItem(writer, item);
        writer.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> texts) =>
        writer.WriteItems(name, texts, static (writer, text) => writer.WriteStringValue(text));

    public static void WriteCounts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<JobStatus, long> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (state, count) in counts)
            writer.WriteNumber(state.ToString(), count);
        writer.WriteEndObject();
    }
}
