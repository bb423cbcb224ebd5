using ActorJobs.AspNetCore;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>A user's runs by state, for the user's summary.</summary>
internal sealed class ScrapeCounts(ScrapeReading reading) : IUserCounts
{
    public string Name => "scrapes";

    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string user, CancellationToken cancellationToken = default) =>
        reading.CountByStateAsync(user, cancellationToken);
}
