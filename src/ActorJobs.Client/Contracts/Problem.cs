using System.Text.Json.Serialization;

namespace ActorJobs.Client;

/// <summary>What went wrong, as RFC 9457 says it (<c>application/problem+json</c>).</summary>
public sealed record Problem
{
    /// <summary>A URI that names the sort of problem; it ends with <c>code</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The sort of problem in a few words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What was wrong this time and what is allowed.</summary>
    public string? Detail { get; init; }

    /// <summary>A stable word, for instance <c>unknown-kind</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The field of the request it is about, as a JSON pointer (RFC 6901).</summary>
    [JsonPropertyName("pointer")]
    public string? Field { get; init; }
}
