namespace ActorJobs.AspNetCore;

/// <summary>From the body of a submit to what it asks for.</summary>
internal delegate (T? Value, ApiProblem? Problem) SubmitParser<T>(ReadOnlySpan<byte> utf8, DateTimeOffset now);

/// <summary>A submit as it came, of one job or of many.</summary>
/// <param name="Value">What it asks for.</param>
/// <param name="Key">The idempotency key, if it came under one.</param>
/// <param name="Hash">The body's hash, when there is a key.</param>
internal sealed record Submission<T>(T Value, IdempotencyKey? Key, string? Hash)
    where T : class
{
    /// <summary>Reads the key, then the body.</summary>
    public static async ValueTask<(Submission<T>? Read, ApiProblem? Problem)> ReadAsync(
        HttpContext context, TimeProvider time, int limit, SubmitParser<T> parse)
    {
        var (key, problem) = IdempotencyKey.Of(context.Request);
        if (problem is not null)
            return (null, problem);
        (var body, problem) = await RequestBody.ReadAsync(context, limit);
        using (body)
        {
            if (problem is not null)
                return (null, problem);
            (var value, problem) = parse(body.Utf8, time.GetUtcNow());
            return problem is null ? (new(value!, key, key is null ? null : IdempotencyKey.HashOf(body.Utf8)), null) : (null, problem);
        }
    }
}
