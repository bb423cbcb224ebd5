using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>
/// A JSON value kept as the UTF-8 bytes it arrived in, so that arguments and results pass from the front door to the handler without being
/// parsed into objects in between. Always valid JSON.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly struct RawJson : IEquatable<RawJson>
{
    private readonly ReadOnlyMemory<byte> utf8;

    private RawJson(ReadOnlyMemory<byte> utf8) => this.utf8 = utf8;

    /// <summary>JSON <c>null</c>, also the default value.</summary>
    public static RawJson Null => default;

    /// <summary>The bytes of the value.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8.IsEmpty ? NullLiteral : utf8;

    /// <summary>Whether the value is JSON <c>null</c>.</summary>
    public bool IsNull => utf8.IsEmpty || utf8.Span.SequenceEqual("null"u8);

    /// <summary>Wraps bytes that the caller knows to be one valid JSON value and will not change.</summary>
    public static RawJson FromValidUtf8(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Parses text. Throws <see cref="JsonException"/> when it is not JSON.</summary>
    public static RawJson Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement);
    }

    /// <summary>Copies an element's text.</summary>
    public static RawJson From(JsonElement element) => new(JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>Serialises a value by <see cref="JobJson.Options"/>.</summary>
    public static RawJson Of<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options));

    /// <summary>Deserialises the value by <see cref="JobJson.Options"/>. Throws <see cref="JsonException"/> when it does not fit.</summary>
    public T? Deserialize<T>() => JsonSerializer.Deserialize<T>(Utf8.Span, JobJson.Options);

    /// <summary>Whether the bytes are the same.</summary>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>Whether the bytes are the same.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);

    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    private static readonly byte[] NullLiteral = "null"u8.ToArray();
}

/// <summary>Writes <see cref="RawJson"/> as it is, and reads it by copying the bytes of one value.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return RawJson.From(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
