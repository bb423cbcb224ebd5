using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Workloads.Scraping;

/// <summary>A language model behind an OpenAI-compatible endpoint (vLLM, Ollama, hosted). Bound from <c>ActorJobs:Scraping:Model</c>.</summary>
[ClosedSettings]
public sealed class ModelOptions
{
    /// <summary>The endpoint's address up to and without <c>/chat/completions</c>, for instance <c>http://127.0.0.1:11434/v1</c>. Default: none, and rules enrich.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The model's name as the endpoint knows it. Required with <see cref="Endpoint"/>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The key sent as a bearer token. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The time one posting may take. Default: 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The most tokens of an answer. Default: 800.</summary>
    [Range(50, 100_000)]
    public int MaxTokens { get; set; } = 800;

    /// <summary>How many characters of a description the model reads. Default: 12 000.</summary>
    [Range(100, 200_000)]
    public int MaxText { get; set; } = 12_000;
}
