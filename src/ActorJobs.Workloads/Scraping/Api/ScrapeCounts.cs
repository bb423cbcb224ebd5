using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>A user's runs by state, for the user's summary. The runs kept are few enough to be counted.</summary>
internal sealed class ScrapeCounts(RunLedger ledger) : IUserCounts
{
    public string Name => "scrapes";

    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string user, CancellationToken cancellationToken = default) =>
        new(ledger.CountByState(user));
}
