using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>A scrape over companies as it is at one instant.</summary>
internal sealed record ScrapeRun
{
    /// <summary>The id of the job <c>scraping.run</c>.</summary>
    public required string Id { get; init; }

    public string? User { get; init; }

    public bool Enrich { get; init; }

    public required RunState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The part of the whole chain that is done, over all companies, between 0 and 1.</summary>
    public double ChainProgress { get; init; }

    public required string StatusMessage { get; init; }

    public int CompaniesFound { get; init; }

    public int CompaniesCompleted { get; init; }

    public int CompaniesFailed { get; init; }

    public int PostingsFound { get; init; }

    public int PostingsAdded { get; init; }

    /// <summary>Left out of lists.</summary>
    public IReadOnlyList<CompanyRun>? Companies { get; init; }
}

/// <summary>How far one company of a run is.</summary>
internal sealed record CompanyRun
{
    public required string Company { get; init; }

    public required RunState State { get; init; }

    /// <summary>Null before the first step began.</summary>
    public ScrapeStep? Step { get; init; }

    /// <summary>Of the step, between 0 and 1.</summary>
    public double Progress { get; init; }

    /// <summary>Of the company's whole chain, between 0 and 1.</summary>
    public double ChainProgress { get; init; }

    public string? StatusMessage { get; init; }

    public int Pages { get; init; }

    public int PostingsFound { get; init; }

    public int PostingsAdded { get; init; }

    public IReadOnlyList<RunError> Errors { get; init; } = [];

    /// <summary>The job that holds the company now.</summary>
    public string? JobId { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Something that went wrong, and where.</summary>
internal sealed record RunError(string Where, string Problem);

/// <summary>Where a run or one of its companies is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
internal enum RunState
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
}
