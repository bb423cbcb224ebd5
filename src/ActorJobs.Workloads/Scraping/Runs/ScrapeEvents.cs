using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>What can happen to a scrape.</summary>
internal abstract record ScrapeEvent(DateTimeOffset At);

/// <summary>It began; all of its companies wait.</summary>
[EventType("scrape.began.v1")]
internal sealed record ScrapeBegan(string? User, bool Enrich, IReadOnlyList<string> Companies, DateTimeOffset At) : ScrapeEvent(At);

/// <summary>The companies' first steps are queued as these jobs.</summary>
[EventType("scrape.jobs-noted.v1")]
internal sealed record JobsNoted(IReadOnlyList<string> Jobs, DateTimeOffset At) : ScrapeEvent(At);

/// <summary>A company came so far.</summary>
/// <param name="Place">Which of the companies.</param>
/// <param name="Step">The step that says so.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="State">Where the company is in its life.</param>
/// <param name="Progress">Of the step, between 0 and 1.</param>
/// <param name="Message">What was done.</param>
/// <param name="At">When.</param>
[EventType("scrape.company-advanced.v1")]
internal sealed record CompanyAdvanced(int Place, ScrapeStep Step, int Attempt, RunState State, double Progress, string Message, DateTimeOffset At) : ScrapeEvent(At)
{
    public string? JobId { get; init; }

    public int? Pages { get; init; }

    public int? Found { get; init; }

    public int? Added { get; init; }

    public bool? IsWhole { get; init; }

    /// <summary>Those that were not known.</summary>
    public IReadOnlyList<RunError>? Errors { get; init; }
}

/// <summary>Somebody stopped it: companies that had not ended will not.</summary>
[EventType("scrape.cancelled.v1")]
internal sealed record ScrapeCancelled(DateTimeOffset At) : ScrapeEvent(At);

/// <summary>Somebody had it forgotten, or there were too many.</summary>
[EventType("scrape.cleared.v1")]
internal sealed record ScrapeCleared(DateTimeOffset At) : ScrapeEvent(At);
