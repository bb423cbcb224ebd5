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
            return (default, BodyReader.ProblemOf(exception));
        }
    }

    /// <summary>Reads a request's small body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="shape">What the body has.</param>
    /// <param name="otherwise">What an empty body stands for; null when there must be one.</param>
    /// <param name="limit">The most bytes it may have.</param>
    public static async ValueTask<(T? Value, ApiProblem? Problem)> ReadAsync<T>(
        HttpContext context, BodyShape<T> shape, T? otherwise = default, int limit = 1 << 20)
    {
        var (body, problem) = await RequestBody.ReadAsync(context, limit);
        using (body)
        {
            if (problem is not null)
                return (default, problem);
            return body.IsEmpty && otherwise is not null ? (otherwise, null) : Parse(body.Utf8, shape);
        }
    }
}
