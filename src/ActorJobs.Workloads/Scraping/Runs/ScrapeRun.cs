using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>A scrape over companies as it is at one instant.</summary>
public sealed record ScrapeRun
{
    /// <summary>The id of the job <c>scraping.run</c>.</summary>
    public required string Id { get; init; }

    /// <summary>For whom it runs.</summary>
    public string? User { get; init; }

    /// <summary>Whether postings are enriched.</summary>
    public bool Enrich { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required RunState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last company ended; null while one has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The part of the whole chain that is done, over all companies, between 0 and 1.</summary>
    public double ChainProgress { get; init; }

    /// <summary>What is being done, or what came of it.</summary>
    public required string StatusMessage { get; init; }

    /// <summary>How many companies it has.</summary>
    public int CompaniesFound { get; init; }

    /// <summary>How many are done.</summary>
    public int CompaniesCompleted { get; init; }

    /// <summary>How many failed for good.</summary>
    public int CompaniesFailed { get; init; }

    /// <summary>How many postings were read.</summary>
    public int PostingsFound { get; init; }

    /// <summary>How many of them were not in the store before.</summary>
    public int PostingsAdded { get; init; }

    /// <summary>Left out of lists.</summary>
    public IReadOnlyList<CompanyRun>? Companies { get; init; }
}

/// <summary>How far one company of a run is.</summary>
public sealed record CompanyRun
{
    /// <summary>Where the crawl began.</summary>
    public required string Company { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required RunState State { get; init; }

    /// <summary>Null before the first step began.</summary>
    public ScrapeStep? Step { get; init; }

    /// <summary>Of the step, between 0 and 1.</summary>
    public double Progress { get; init; }

    /// <summary>Of the company's whole chain, between 0 and 1.</summary>
    public double ChainProgress { get; init; }

    /// <summary>What was done last.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>How many pages were fetched.</summary>
    public int Pages { get; init; }

    /// <summary>How many postings were read.</summary>
    public int PostingsFound { get; init; }

    /// <summary>How many of them were not in the store before.</summary>
    public int PostingsAdded { get; init; }

    /// <summary>What went wrong; the first ones.</summary>
    public IReadOnlyList<RunError> Errors { get; init; } = [];

    /// <summary>The job that holds the company now.</summary>
    public string? JobId { get; init; }

    /// <summary>When anything of this changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Something that went wrong.</summary>
/// <param name="Where">The page or the step.</param>
/// <param name="Problem">What it was.</param>
public sealed record RunError(string Where, string Problem);

/// <summary>Where a run or one of its companies is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>Waits for its first step.</summary>
    Queued,

    /// <summary>A step is under way or waits for its turn.</summary>
    Running,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Stopped on request.</summary>
    Cancelled,
}
