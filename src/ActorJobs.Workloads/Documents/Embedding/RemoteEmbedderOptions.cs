using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Workloads.Documents;

/// <summary>An embedder behind an endpoint as OpenAI has it. Bound from <c>ActorJobs:Documents:Embedders:{name}</c>.</summary>
[ClosedSettings]
public sealed class RemoteEmbedderOptions
{
    /// <summary>The endpoint's base, for instance <c>https://api.openai.com/v1</c>; <c>/embeddings</c> is added. Required.</summary>
    public string Url { get; set; } = "";

    /// <summary>The model's name there. Required.</summary>
    public string Model { get; set; } = "";

    /// <summary>The key, sent as a bearer token; never logged. Default: none.</summary>
    public string? Key { get; set; }

    /// <summary>How many dimensions its vectors have: others are refused. Required.</summary>
    [Range(1, 16_384)]
    public int Dimensions { get; set; }

    /// <summary>Whether the endpoint is asked for that many dimensions, which not every model knows. Default: false.</summary>
    public bool RequestDimensions { get; set; }

    /// <summary>How many texts one request carries at most. Default: 64.</summary>
    [Range(1, 2048)]
    public int BatchSize { get; set; } = 64;

    /// <summary>How many requests this node has under way at once. Default: 4.</summary>
    [Range(1, 256)]
    public int MaxInFlight { get; set; } = 4;

    /// <summary>How many requests this node begins in a minute, evenly spaced. Default: 0, no limit.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; set; }

    /// <summary>How long one request may take. Default: 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is repeated that failed for a passing reason (429, 5xx, no answer), before the attempt of the job fails. Default: 4.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 4;
}
