using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>A scrape and how far each of its companies is. Immutable; its size is bounded by <see cref="ScrapeBounds"/>.</summary>
internal sealed record ScrapeState
{
    public static ScrapeState None { get; } = new();

    public string? User { get; init; }

    public bool Enrich { get; init; }

    public RunState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last company ended; null while one has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it was forgotten on request; the entity itself goes a little later.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>In the order they were given; null before the scrape has begun.</summary>
    public IReadOnlyList<CompanyState>? Companies { get; init; }

    [JsonIgnore]
    public bool Exists => Companies is not null && ClearedAt is null;

    /// <summary>The company, or null when it is none of this scrape's.</summary>
    public CompanyState? Find(string company) => PlaceOf(company) is >= 0 and var place ? Companies![place] : null;

    /// <summary>The company's place, or -1.</summary>
    public int PlaceOf(string company)
    {
        for (var place = 0; place < (Companies?.Count ?? 0); place++)
        {
            if (Companies![place].Company == company)
                return place;
        }

        return -1;
    }
}

/// <summary>How far one company of a scrape is.</summary>
/// <param name="Company">The canonical start URL.</param>
/// <param name="UpdatedAt">When anything of this changed.</param>
internal sealed record CompanyState(string Company, DateTimeOffset UpdatedAt)
{
    public RunState State { get; init; }

    /// <summary>Null before the first step began.</summary>
    public ScrapeStep? Step { get; init; }

    /// <summary>The attempt of the step that spoke last; 0 before the first one.</summary>
    public int Attempt { get; init; }

    /// <summary>Of the step, between 0 and 1.</summary>
    public double Progress { get; init; }

    public string? Message { get; init; }

    public int Pages { get; init; }

    public int Found { get; init; }

    public int Added { get; init; }

    /// <summary>Whether the crawl saw all there is: only then is a posting that it did not see gone.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What went wrong, the first ones; null for nothing.</summary>
    public IReadOnlyList<RunError>? Errors { get; init; }

    /// <summary>The job that holds the company now.</summary>
    public string? JobId { get; init; }

    [JsonIgnore]
    public bool IsOpen => State is RunState.Queued or RunState.Running;
}
