using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Client;

/// <summary>Writes a <see cref="TimeSpan"/> as ISO 8601 and reads ISO 8601 or a number of seconds.</summary>
public sealed class DurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out var seconds) && Math.Abs(seconds) <= IsoDuration.MaxSeconds => TimeSpan.FromSeconds(seconds),
        JsonTokenType.String when IsoDuration.TryParse(reader.GetString(), out var duration) => duration,
        _ => throw new JsonException("A duration is ISO 8601, for instance PT10S, or a number of seconds."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(IsoDuration.Format(value));
}
