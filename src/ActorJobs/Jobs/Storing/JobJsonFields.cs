using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorJobs.Jobs;

/// <summary>Fields of jobs' JSON, written unless they are at their default, and read in their order of appearance.</summary>
internal static class JobJsonFields
{
    public static void WriteUnlessDefault(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, int value)
    {
        if (value != 0)
            writer.WriteNumber(name, value);
    }

    public static void WriteUnlessNull(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, RawJson? value)
    {
        if (value is not { } raw)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(raw.Utf8.Span, skipInputValidation: true);
    }

    public static void WriteUnlessNull<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value, JsonTypeInfo<T> type)
        where T : class
    {
        if (value is null)
            return;
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, type);
    }

    public static int TakeInt(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt32();
    }

    public static string? TakeText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    public static DateTimeOffset TakeInstant(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetDateTimeOffset();
    }

    public static TimeSpan TakeTimeSpan(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return System.Buffers.Text.Utf8Parser.TryParse(reader.ValueSpan, out TimeSpan value, out var read, 'c') && read == reader.ValueSpan.Length
            ? value
            : throw new JsonException($"'{reader.GetString()}' is no span of time.");
    }

    public static JobStatus TakeStatus(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return EnumText.StatusOf(reader.ValueSpan) ?? throw new JsonException($"'{reader.GetString()}' is no state of a job.");
    }

    public static T? TakeValue<T>(this ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        reader.Read();
        return JsonSerializer.Deserialize(ref reader, type);
    }

    /// <summary>A value as its bytes, not copied.</summary>
    public static RawJson TakeRaw(this ref Utf8JsonReader reader, ReadOnlyMemory<byte> data)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return RawJson.FromValidUtf8(data[start..(int)reader.BytesConsumed]);
    }

    /// <summary>Passes a value over. True, for it was not read.</summary>
    public static bool SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return true;
    }
}
