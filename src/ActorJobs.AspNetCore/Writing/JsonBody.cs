using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>An answer written straight to the response's pipe.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <param name="value">What is written.</param>
/// <param name="write">How.</param>
/// <param name="status">The HTTP status. Default: 200.</param>
public sealed class JsonBody<T>(T value, Action<Utf8JsonWriter, T> write, int status = StatusCodes.Status200OK) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, JsonBody.WriterOptions))
            write(writer, value);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>Makes <see cref="JsonBody{T}"/>.</summary>
public static class JsonBody
{
    /// <summary>Letters of all languages stay as they are: the media type says JSON and nosniff is set, so nothing reads it as HTML.</summary>
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An answer with status 200.</summary>
    public static JsonBody<T> Of<T>(T value, Action<Utf8JsonWriter, T> write) => new(value, write);

    /// <summary>An answer with another status.</summary>
    public static JsonBody<T> Of<T>(T value, Action<Utf8JsonWriter, T> write, int status) => new(value, write, status);

    /// <summary>An answer of the shape <c>{"items": [...]}</c>.</summary>
    public static JsonBody<IReadOnlyList<T>> OfItems<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> writeItem) =>
        new(items, (writer, list) =>
        {
            writer.WriteStartObject();
            writer.WriteItems("items"u8, list, writeItem);
            writer.WriteEndObject();
        });

    /// <summary>An answer of the shape <c>{"items": [...], "next": ...}</c>.</summary>
    /// <param name="items">A part of a list.</param>
    /// <param name="next">The cursor of the next part; null at the end.</param>
    /// <param name="writeItem">How one is written.</param>
    public static JsonBody<IReadOnlyList<T>> OfPage<T>(IReadOnlyList<T> items, string? next, Action<Utf8JsonWriter, T> writeItem) =>
        new(items, (writer, list) =>
        {
            writer.WriteStartObject();
            writer.WriteItems("items"u8, list, writeItem);
            writer.WriteString("next"u8, next);
            writer.WriteEndObject();
        });
}
