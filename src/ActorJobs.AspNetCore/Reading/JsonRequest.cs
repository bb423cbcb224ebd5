using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Reads a body as a type, for modules: what does not fit is refused with the field, what was found and what is allowed, where the binding of the web
/// framework would say only that it did not work.
/// </summary>
public static class JsonRequest
{
    /// <summary>The largest body where nothing else is said: 1 MiB.</summary>
    public const int DefaultLimit = 1 << 20;

    /// <summary>
    /// Reads by <see cref="JobJson.Options"/>. A type that lets no unknown field pass says so with
    /// <see cref="System.Text.Json.Serialization.JsonUnmappedMemberHandlingAttribute"/>.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">How many bytes the body may have. Default: <see cref="DefaultLimit"/>.</param>
    /// <returns>The value, or why there is none: 400, 413 or 415.</returns>
    public static async ValueTask<(T? Value, ApiProblem? Problem)> ReadAsync<T>(HttpContext context, int limit = DefaultLimit)
        where T : class
    {
        var (body, problem) = await RequestBody.ReadAsync(context, limit);
        using (body)
            return problem is null ? Parse<T>(body.Memory) : (null, problem);
    }

    private static (T? Value, ApiProblem? Problem) Parse<T>(ReadOnlyMemory<byte> utf8)
        where T : class
    {
        // any object will do here: it tells bytes that are no JSON, and half texts, from JSON of another shape
        var (_, problem) = BodyParser.Parse(utf8.Span, (ref BodyReader reader) => reader.ReadRaw());
        if (problem is not null)
            return (null, problem);
        try
        {
            return (JsonSerializer.Deserialize<T>(utf8.Span, JobJson.Options), null);
        }
        catch (JsonException exception)
        {
            var mismatch = JsonMismatch.Of(exception, utf8, JobJson.Options.GetTypeInfo(typeof(T)));
            return (null, Problems.Invalid(mismatch.Code, mismatch.Detail, string.Concat(mismatch.Path.Select(step => "/" + BodyReader.Place.Escape(step)))));
        }
    }
}
