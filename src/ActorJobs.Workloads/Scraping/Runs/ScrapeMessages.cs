namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>What can be asked of a scrape. Each may be repeated: the second time it changes nothing.</summary>
internal abstract record ScrapeCommand;

/// <summary>Begin, unless it has begun.</summary>
internal sealed record BeginScrape(string? User, bool Enrich, IReadOnlyList<string> Companies) : ScrapeCommand;

/// <summary>These jobs hold the companies, in their order, so that a cancel reaches those whose first step has not begun.</summary>
internal sealed record NoteJobs(IReadOnlyList<string> Jobs) : ScrapeCommand;

/// <summary>
/// What a step says about its company. Not taken after the company's end or a cancel, nor from an earlier step or a lost attempt, so steps may repeat and
/// overtake each other. Null leaves a figure as it is.
/// </summary>
internal sealed record AdvanceCompany(string Company, ScrapeStep Step, int Attempt, RunState State, double Progress, string Message) : ScrapeCommand
{
    public string? JobId { get; init; }

    public int? Pages { get; init; }

    public int? Found { get; init; }

    public int? Added { get; init; }

    public bool? IsWhole { get; init; }

    /// <summary>Come to those that are known.</summary>
    public IReadOnlyList<RunError>? Errors { get; init; }
}

/// <summary>Stop the companies that have not ended; the answer has the jobs that hold them.</summary>
internal sealed record CancelScrape : ScrapeCommand;

/// <summary>Forget it. Not taken while it is under way.</summary>
internal sealed record ClearScrape : ScrapeCommand;

/// <summary>The answer to each.</summary>
/// <param name="IsTaken">Whether it was done, now or before.</param>
/// <param name="Jobs">The jobs to cancel, after <see cref="CancelScrape"/>.</param>
internal sealed record ScrapeAnswer(bool IsTaken, IReadOnlyList<string> Jobs)
{
    public static ScrapeAnswer Taken { get; } = new(true, []);

    public static ScrapeAnswer Refused { get; } = new(false, []);
}
