using System.Globalization;
using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>A refusal as RFC 9457 describes it. Made by <see cref="Problems"/>; as a result it writes itself as <c>application/problem+json</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable word; the problem's type URI ends with it.</param>
/// <param name="Title">The sort of problem in a few words, the same each time.</param>
/// <param name="Detail">What was wrong this time and what is allowed.</param>
/// <param name="Field">The field it is about, as a JSON pointer (RFC 6901) into the request.</param>
/// <param name="RetryAfter">When to try again; sent as <c>Retry-After</c> in whole seconds, at least 1.</param>
public sealed record ApiProblem(
    int Status, string Code, string Title, string Detail, string? Field = null, TimeSpan? RetryAfter = null) : IResult
{
    /// <summary>The media type of problems.</summary>
    public const string ContentType = "application/problem+json";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        WriteRetryAfter(response);
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, JsonBody.WriterOptions))
            Write(writer);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <summary>Writes the problem as one JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }

    internal void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "urn:actorjobs:problem:" + Code);
        writer.WriteString("title"u8, Title);
        writer.WriteNumber("status"u8, Status);
        writer.WriteString("detail"u8, Detail);
        writer.WriteString("code"u8, Code);
        if (Field is not null)
            writer.WriteString("pointer"u8, Field);
    }

    internal void WriteRetryAfter(HttpResponse response)
    {
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Clamp((long)Math.Ceiling(wait.TotalSeconds), 1, 86_400).ToString(CultureInfo.InvariantCulture);
    }
}
