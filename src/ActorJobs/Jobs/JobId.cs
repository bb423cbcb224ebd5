using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs;

/// <summary>
/// Names a job. Ids made by the system are UUIDv7 in their usual form; callers may choose their own, which makes a submit idempotent.
/// </summary>
/// <param name="Value">1 to 128 characters out of letters, digits and <c>- _ . : ~</c>, but not <c>.</c> or <c>..</c>.</param>
[JsonConverter(typeof(JobIdConverter))]
public readonly record struct JobId(string Value)
{
    /// <summary>The longest id a caller may choose, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>Whether <paramref name="value"/> may be used as an id.</summary>
    /// <remarks>One or two dots alone are the same folder or the one above in an address (RFC 3986, 5.2.4): nobody could ask for such a job.</remarks>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= MaxLength } and not ("." or "..") && !value.AsSpan().ContainsAnyExcept(Allowed);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:~");
}

/// <summary>Writes a <see cref="JobId"/> as a string.</summary>
public sealed class JobIdConverter : JsonConverter<JobId>
{
    /// <inheritdoc/>
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
