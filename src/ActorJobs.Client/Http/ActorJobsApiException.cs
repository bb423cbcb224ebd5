using System.Net;

namespace ActorJobs.Client;

/// <summary>The server refused a request.</summary>
public sealed class ActorJobsApiException : Exception
{
    /// <summary>Makes the error.</summary>
    public ActorJobsApiException(HttpStatusCode status, Problem? problem, TimeSpan? retryAfter)
        : base(problem?.Detail ?? problem?.Title ?? $"The server answered {(int)status}.") =>
        (Status, Problem, RetryAfter) = (status, problem, retryAfter);

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What the server said, if it said it as RFC 9457 asks.</summary>
    public Problem? Problem { get; }

    /// <summary>When to try again, if the server knows.</summary>
    public TimeSpan? RetryAfter { get; }
}
