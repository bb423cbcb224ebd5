using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Steps;

/// <summary>The kinds of jobs and the queues of the workload.</summary>
internal static class ScrapeKinds
{
    public const string Run = "scraping.run";
    public const string Fetch = "scraping.fetch";
    public const string Parse = "scraping.parse";
    public const string Enrich = "scraping.enrich";
    public const string Persist = "scraping.persist";

    public const string FetchQueue = "io_fetch";
    public const string ParseQueue = "parse";
    public const string EnrichQueue = "ai_enrich";
    public const string PersistQueue = "persist";

    public static string Of(ScrapeStep step) => step switch
    {
        ScrapeStep.Fetch => Fetch,
        ScrapeStep.Parse => Parse,
        ScrapeStep.Enrich => Enrich,
        ScrapeStep.Persist => Persist,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
