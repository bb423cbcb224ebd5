namespace ActorJobs.AspNetCore;

/// <summary>Reads the fields of a body that is one object; the reader stands on its beginning.</summary>
internal delegate T BodyShape<out T>(ref BodyReader reader);

/// <summary>From bytes to a value or to what is wrong with them.</summary>
internal static class BodyParser
{
    /// <summary>Reads a body that is one object and nothing after it.</summary>
    public static (T? Value, ApiProblem? Problem) Parse<T>(ReadOnlySpan<byte> utf8, BodyShape<T> shape)
    {
        try
        {
            var reader = new BodyReader(utf8);
            var value = reader.BeginBody() ? shape(ref reader) : default;
            reader.EndBody();
            return (value, reader.Problem);
        }
        catch (Exception exception) when (BodyReader.IsMalformed(exception))
        {
            return (default, MalformedJson.ProblemOf(exception, utf8));
        }
    }

    /// <summary>Reads a request's body, which there must be: a small one, where nothing else is said.</summary>
    public static async ValueTask<(T? Value, ApiProblem? Problem)> ReadAsync<T>(HttpContext context, BodyShape<T> shape, int limit = SmallBody)
    {
        var (body, problem) = await RequestBody.ReadAsync(context, limit);
        using (body)
            return problem is null ? Parse(body.Utf8, shape) : (default, problem);
    }

    /// <summary>Reads a request's small body, or takes <paramref name="otherwise"/> for an empty one.</summary>
    public static async ValueTask<(T? Value, ApiProblem? Problem)> ReadOptionalAsync<T>(HttpContext context, BodyShape<T> shape, T otherwise)
    {
        var (body, problem) = await RequestBody.ReadAsync(context, SmallBody);
        using (body)
        {
            if (problem is not null)
                return (default, problem);
            return body.IsEmpty ? (otherwise, null) : Parse(body.Utf8, shape);
        }
    }

    private const int SmallBody = 1 << 20;
}
